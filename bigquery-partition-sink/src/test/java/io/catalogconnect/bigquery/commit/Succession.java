package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The time of a model, and who acts in it: one owner each of some posts, and owners of before who do not know that they were
 * followed. Chance says who is next.
 */
final class Succession<O extends ModelOwner> {

    /** Something to be owned. */
    private static final class Post<O> {
        private final Supplier<O> next;
        private O owner;

        private Post(Supplier<O> next) {
            this.next = next;
            this.owner = next.get();
        }
    }

    private final Random random;
    private final SimulatedBigQuery service;
    private final int mostWork;
    private final List<Post<O>> posts = new ArrayList<>();
    private final List<O> zombies = new ArrayList<>();
    private long now = 1;
    private int fenced;
    private int changes;

    /** @param mostWork more than the service works at a time */
    Succession(Random random, SimulatedBigQuery service, int mostWork) {
        this.random = random;
        this.service = service;
        this.mostWork = mostWork;
    }

    /** Adds a post with its first owner; the others come from the same supplier. */
    void add(Supplier<O> next) {
        posts.add(new Post<>(next));
    }

    long now() {
        return now;
    }

    /** How many owners were told that they had been followed, and were started again. */
    int fenced() {
        return fenced;
    }

    /** How many rebalances there were. */
    int changes() {
        return changes;
    }

    /** The owner of the first post. */
    O first() {
        return posts.get(0).owner;
    }

    void tick() {
        now += random.nextInt(4);
        service.now(now);
        int work = random.nextInt(mostWork);
        for (int i = 0; i < work; i++) {
            service.work();
        }
        Post<O> post = anyPost();
        if (!act(post.owner)) {
            fenced++;
            post.owner = post.next.get(); // the operator restarts the task
        }
        if (!zombies.isEmpty()) {
            O zombie = zombies.get(random.nextInt(zombies.size()));
            if (!act(zombie) || !zombie.livesOn()) {
                zombies.remove(zombie);
            }
        }
    }

    /** Gives a post to another, with or without the present owner's knowledge. */
    void rebalance() {
        Post<O> post = anyPost();
        if (random.nextBoolean()) {
            post.owner.close();
        } else {
            post.owner.becomeZombie();
            zombies.add(post.owner);
        }
        changes++;
        post.owner = post.next.get();
    }

    private Post<O> anyPost() {
        return posts.get(posts.size() == 1 ? 0 : random.nextInt(posts.size()));
    }

    /** Whether the owner goes on. */
    private boolean act(O owner) {
        try {
            owner.act();
            return true;
        } catch (FencedException e) {
            return false;
        }
    }
}
