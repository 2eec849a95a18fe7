package org.lb4j.algorithm;

import java.util.Arrays;
import java.util.Comparator;
import org.lb4j.Member;
import org.lb4j.Roster;
import org.lb4j.Server;
import org.lb4j.hash.Xxh64;

/** The members of a roster in order of id, so that a shuffled list changes nothing, and the name that each is hashed by. */
final class Lineup {
    private static final String HASH_KEY = "hash_key";

    private final Member[] members;
    private final double[] weights;
    private final String[] names;
    private final boolean uniform;

    private Lineup(Roster roster, Integer[] order) {
        int size = order.length;
        members = new Member[size];
        weights = new double[size];
        names = new String[size];
        uniform = roster.uniform();
        for (int i = 0; i < size; i++) {
            members[i] = roster.member(order[i]);
            weights[i] = roster.weight(order[i]);
            names[i] = name(members[i].server());
        }
    }

    static Lineup of(Roster roster) {
        Integer[] order = new Integer[roster.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(i -> roster.member(i).server().id()));
        return new Lineup(roster, order);
    }

    private static String name(Server server) {
        String given = server.tags().get(HASH_KEY);
        return given == null ? server.hostPort() : given;
    }

    int size() {
        return members.length;
    }

    Member member(int i) {
        return members[i];
    }

    double weight(int i) {
        return weights[i];
    }

    /** Not to be written to, as all arrays here. */
    double[] weights() {
        return weights;
    }

    String[] names() {
        return names;
    }

    boolean uniform() {
        return uniform;
    }

    /** The hash of each name. */
    long[] hashes() {
        long[] hashes = new long[names.length];
        for (int i = 0; i < hashes.length; i++) hashes[i] = Xxh64.hash(names[i]);
        return hashes;
    }

    /** Whether a table made for the other one serves this one too: the same members, weights and names. */
    boolean sameAs(Lineup other) {
        if (!Arrays.equals(weights, other.weights) || !Arrays.equals(names, other.names)) return false;
        for (int i = 0; i < members.length; i++) if (members[i] != other.members[i]) return false;
        return true;
    }
}
