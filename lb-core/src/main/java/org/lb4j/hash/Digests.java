package org.lb4j.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * New MD5 and SHA-1 computations, without asking the security providers for each.
 *
 * <pre>{@code
 * byte[] digest = Digests.md5().digest(new byte[] {1, 2, 3});
 * }</pre>
 */
public final class Digests {
    // A look-up among the providers costs about as much as the digest of a short text; a clone of a fresh one does not.
    private static final MessageDigest MD5 = find("MD5");
    private static final MessageDigest SHA1 = find("SHA-1");

    private Digests() {}

    /**
     * A new MD5 computation.
     *
     * @return a digest for one thread
     */
    public static MessageDigest md5() {
        return fresh(MD5);
    }

    /**
     * A new SHA-1 computation.
     *
     * @return a digest for one thread
     */
    public static MessageDigest sha1() {
        return fresh(SHA1);
    }

    private static MessageDigest fresh(MessageDigest prototype) {
        try {
            return (MessageDigest) prototype.clone();
        } catch (CloneNotSupportedException e) {
            return find(prototype.getAlgorithm()); // a provider may have digests that can not be cloned
        }
    }

    private static MessageDigest find(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + name + ", which every Java platform must have", e);
        }
    }
}
