package io.catalogconnect.testkit.sample.classcycle;

record Question(Answer answer) {}
