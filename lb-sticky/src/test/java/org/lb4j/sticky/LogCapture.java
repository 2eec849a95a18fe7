package org.lb4j.sticky;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged meanwhile, at all levels. */
final class LogCapture extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("org.lb4j.sticky");

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Formatter formatter = new SimpleFormatter();

    LogCapture() {
        ROOT.setUseParentHandlers(false);
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(this);
    }

    List<String> messages() {
        return messages;
    }

    void clear() {
        messages.clear();
    }

    @Override
    public void publish(LogRecord record) {
        String level = record.getLevel() == Level.WARNING ? "" : record.getLevel() + " ";
        messages.add(level + formatter.formatMessage(record) + (record.getThrown() == null ? "" : record.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        ROOT.setLevel(null);
        ROOT.setUseParentHandlers(true);
    }
}
