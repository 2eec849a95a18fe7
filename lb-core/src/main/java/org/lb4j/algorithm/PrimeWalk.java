package org.lb4j.algorithm;

/**
 * Distinct members at random, with nothing to remember which were drawn: steps of one random width around the next prime
 * number of places, where every width visits every place once. Each member is as likely as any other to be the first, the
 * second, and so on, and which of two comes first is as good as a coin.
 *
 * <p>A walk is one long: the place where it is and the width of its step. Places beyond the members are passed over; primes
 * lie so dense that those are few.
 */
final class PrimeWalk {
    private final int size;
    private final int places;

    PrimeWalk(int size) {
        this.size = size;
        this.places = primeFrom(size);
    }

    /** Begins at a member: from just any place, those that follow the places beyond them would come first too often. */
    long begin(long bits) {
        long step = 1L + Range.low(bits, places - 1);
        return step << 32 | Range.high(bits, size);
    }

    /** The next one; after as many as there are members they come again. */
    long next(long walk) {
        long at = walk;
        do {
            int place = place(at) + (int) (at >>> 32);
            at = at & 0xffffffff00000000L | (place >= places ? place - places : place);
        } while (place(at) >= size);
        return at;
    }

    /** The index of the member where a walk is. */
    static int place(long walk) {
        return (int) walk;
    }

    private static int primeFrom(int least) {
        int candidate = Math.max(2, least);
        while (!isPrime(candidate)) candidate++;
        return candidate;
    }

    private static boolean isPrime(int number) {
        for (int i = 2; (long) i * i <= number; i++) if (number % i == 0) return false;
        return true;
    }
}
