package org.lb4j.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.SpringVersion;

/** That the tests run on the Spring that the build means. */
final class SpringVersionIT {
    @Test
    void theTestsRunOnTheSpringThatIsMeant() {
        assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("spring.expected"));
    }
}
