package org.lb4j.algorithm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.lb4j.hash.Digests;

/** The points of libketama: four of each {@code MD5(name-0), MD5(name-1), ..}, 40 digests a server of average weight. */
final class KetamaPoints {
    private static final VarHandle HALF = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DIGITS = 10;

    private KetamaPoints() {}

    /** How many digests each gets. */
    static int[] digests(double[] weights) {
        double total = 0;
        for (double weight : weights) total += weight;
        int[] digests = new int[weights.length];
        for (int i = 0; i < digests.length; i++) {
            // The share in float, the product in double, rounded to float once: as libketama rounds, or points are
            // missing.
            float share = (float) weights[i] / (float) total;
            digests[i] = (int) Math.floor((float) (share * 40.0 * digests.length));
        }
        return digests;
    }

    /** Points of 32 bits, at the top of 64: what the ring's table looks at. */
    static Ring ring(String[] names, int[] digests) {
        long[] points = new long[4 * Arrays.stream(digests).sum()];
        int[] owners = new int[points.length];
        MessageDigest md5 = Digests.md5();
        byte[] digest = new byte[16];
        int at = 0;
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
            byte[] text = Arrays.copyOf(name, name.length + 1 + DIGITS);
            text[name.length] = '-';
            for (int k = 0; k < digests[i]; k++) {
                md5.update(text, 0, Decimal.append(text, name.length + 1, k));
                digestInto(digest, md5);
                for (int j = 0; j < 16; j += 4, at++) {
                    points[at] = (long) (int) HALF.get(digest, j) << 32;
                    owners[at] = i;
                }
            }
        }
        return Ring.of(points, owners);
    }

    private static void digestInto(byte[] digest, MessageDigest md5) {
        try {
            md5.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("an MD5 digest has 16 bytes", e);
        }
    }
}
