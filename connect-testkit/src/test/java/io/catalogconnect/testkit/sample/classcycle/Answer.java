package io.catalogconnect.testkit.sample.classcycle;

interface Answer {
    Question next();
}
