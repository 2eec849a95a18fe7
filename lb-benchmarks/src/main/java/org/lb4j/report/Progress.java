package org.lb4j.report;

import java.io.Console;
import java.io.PrintStream;

/** What is being done, how far it is, how long it will take: one line on stderr, and only if that is a terminal. */
public final class Progress {
    private final PrintStream out;
    private final boolean shown;
    private final int total;
    private final long begin = System.nanoTime();
    private int done;

    /**
     * Begins.
     *
     * @param total how many steps there are
     */
    public Progress(int total) {
        this(total, System.err, terminal());
    }

    Progress(int total, PrintStream out, boolean shown) {
        this.total = total;
        this.out = out;
        this.shown = shown;
    }

    /**
     * One more step is done. Any thread may say so.
     *
     * @param what was done
     */
    public synchronized void done(String what) {
        done++;
        if (!shown) return;
        double seconds = (System.nanoTime() - begin) / 1e9;
        long left = Math.round(seconds / done * (total - done));
        out.printf("\r\033[K%d of %d, %d s to go: %s", done, total, left, what);
        if (done == total) out.print("\r\033[K");
        out.flush();
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells; before, having one is the answer. */
    @SuppressWarnings("SystemConsoleNull") // it may be null up to Java 21
    private static boolean terminal() {
        Console console = System.console();
        if (console == null) return false;
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
