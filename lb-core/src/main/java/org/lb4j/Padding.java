package org.lb4j;

/** 128 bytes in front of the words that every call writes, so that no two members share a cache line or its neighbour. */
abstract class Padding {
    long p00, p01, p02, p03, p04, p05, p06, p07;
    long p10, p11, p12, p13, p14, p15, p16, p17;
}
