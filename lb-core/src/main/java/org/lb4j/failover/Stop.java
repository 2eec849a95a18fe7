package org.lb4j.failover;

/** Why a call goes on to no other server. */
enum Stop {
    WON("won"),
    CANCELLED("cancelled"),
    NOT_REPEATABLE("not to be repeated"),
    ATTEMPTS("no attempt left"),
    BUDGET("budget empty"),
    TIME("no time left"),
    SERVERS("no other server left");

    private final String text;

    Stop(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
