package org.lb4j.examples.demo;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What was asked for on the command line.
 *
 * @param algorithm which one to begin with
 * @param seconds how long; 0: until somebody quits
 * @param plain lines for a file instead of a live screen
 * @param rate calls a second
 */
record DemoOptions(Choice algorithm, int seconds, boolean plain, int rate) {
    static final String USAGE = "usage: demo.jar [--algorithm NAME] [--seconds N] [--rate CALLS_A_SECOND] [--plain]\n"
            + "algorithms: " + String.join(" ", Choice.names());

    private static final int PLAIN_SECONDS = 20;

    static DemoOptions of(String... arguments) {
        Choice algorithm = Choice.ADAPTIVE;
        int seconds = 0;
        boolean plain = false;
        int rate = 250;
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--algorithm" -> algorithm = Choice.of(value(option, rest));
                case "--seconds" -> seconds = number(option, rest, 1, 86_400);
                case "--rate" -> rate = number(option, rest, 1, 5_000);
                case "--plain" -> plain = true;
                default -> throw new IllegalArgumentException("no option " + option + "\n" + USAGE);
            }
        }
        return new DemoOptions(algorithm, plain && seconds == 0 ? PLAIN_SECONDS : seconds, plain, rate);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
        return rest.pop();
    }

    private static int number(String option, Deque<String> rest, int least, int most) {
        String text = value(option, rest);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException(option + " must be in [" + least + ", " + most + "], was " + text);
    }

    DemoOptions inPlain() {
        return new DemoOptions(algorithm, seconds == 0 ? PLAIN_SECONDS : seconds, true, rate);
    }
}
