package org.lb4j.sticky;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key, for any number of threads. */
final class Hmac {
    private static final String NAME = "HmacSHA256";

    private final SecretKeySpec key;
    private final Mac prototype; // never fed: a clone of it costs a tenth of a search among the security providers

    Hmac(byte[] key) {
        this.key = new SecretKeySpec(key, NAME); // copies the key
        this.prototype = ready();
    }

    static byte[] randomKey() {
        byte[] key = new byte[TokenKey.MIN_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The 32 bytes of a message. */
    byte[] of(byte[] message) {
        return fresh().doFinal(message);
    }

    private Mac fresh() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            return ready(); // a provider may have Macs that can not be cloned
        }
    }

    private Mac ready() {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + NAME + ", which every Java platform must have", e);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(NAME + " did not take a key of bytes", e);
        }
    }
}
