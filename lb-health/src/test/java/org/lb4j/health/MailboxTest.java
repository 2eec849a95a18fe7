package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks one at a time, whoever runs them. */
@Timeout(60)
final class MailboxTest {
    /** An executor that refuses all, after something has happened. */
    private static ExecutorService refusing(Runnable before) {
        return (ExecutorService) Proxy.newProxyInstance(
                MailboxTest.class.getClassLoader(),
                new Class<?>[] {ExecutorService.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("isShutdown")) return false;
                    before.run();
                    throw new RejectedExecutionException("no");
                });
    }

    @Test
    void aTaskThatIsRefusedTakesNoOtherWithIt() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> last = new CompletableFuture<>();
        CompletableFuture<Void> posted = new CompletableFuture<>();
        Mailbox[] mailbox = new Mailbox[1];
        Thread runner = new Thread(() -> mailbox[0].run(() -> {
            busy.countDown();
            await(goOn);
        }));
        mailbox[0] = new Mailbox(
                refusing(() -> {
                    runner.start();
                    await(busy);
                    mailbox[0].run(() -> last.complete(null)); // as one that closes does: behind what runs now
                }),
                () -> {},
                thrown -> {});
        assertThat(mailbox[0].post(() -> posted.complete(null))).isTrue(); // by the runner, though refused
        goOn.countDown();
        runner.join();
        assertThat(last).isDone();
        assertThat(posted).isDone();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
