package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.commit.FencedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Schedule of a model: advances time and lets a random owner act. Each post has one current owner; zombies are previous owners
 * that do not notice that they were replaced.
 */
public final class Succession<O extends ModelOwner> {

    /** A set of partitions with one current owner. */
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

    /** @param mostWork exclusive upper limit of the service events per tick */
    public Succession(Random random, SimulatedBigQuery service, int mostWork) {
        this.random = random;
        this.service = service;
        this.mostWork = mostWork;
    }

    /** Adds a post; the supplier creates its first owner and all later ones. */
    public void add(Supplier<O> next) {
        posts.add(new Post<>(next));
    }

    public long now() {
        return now;
    }

    /** Number of owners that were fenced and restarted. */
    public int fenced() {
        return fenced;
    }

    /** Number of rebalances. */
    public int changes() {
        return changes;
    }

    /** The present owners, one for each post. */
    public List<O> owners() {
        return posts.stream().map(post -> post.owner).toList();
    }

    public void tick() {
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

    /** Assigns a post to a new owner; the current owner either closes or becomes a zombie. */
    public void rebalance() {
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

    /** Replaces each owner, which does nothing any more. */
    public void crash() {
        changes++;
        posts.forEach(post -> post.owner = post.next.get());
    }

    private Post<O> anyPost() {
        return posts.get(posts.size() == 1 ? 0 : random.nextInt(posts.size()));
    }

    /** Lets an owner act; false if it was fenced. */
    private boolean act(O owner) {
        try {
            owner.act();
            return true;
        } catch (FencedException e) {
            return false;
        }
    }
}
