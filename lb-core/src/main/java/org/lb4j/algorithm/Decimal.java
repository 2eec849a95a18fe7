package org.lb4j.algorithm;

/** Numbers as decimal digits in a byte array, for names that are hashed by the hundred thousand. */
final class Decimal {
    private Decimal() {}

    /** Writes a number that is not negative; says where it ends. */
    static int append(byte[] text, int from, int number) {
        int end = from + 1;
        for (int rest = number / 10; rest > 0; rest /= 10) end++;
        for (int at = end - 1, rest = number; at >= from; at--, rest /= 10) text[at] = (byte) ('0' + rest % 10);
        return end;
    }
}
