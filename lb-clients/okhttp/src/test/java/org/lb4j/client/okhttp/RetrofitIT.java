package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.testing.TestServer;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Streaming;

/** Retrofit through a balanced OkHttp. */
@Timeout(60)
final class RetrofitIT {
    private final Fleet fleet = new Fleet();
    private OkHttpClient client;

    interface Api {
        @GET("users/{id}")
        Call<ResponseBody> user(@Path("id") String id);

        @Streaming
        @GET("all")
        Call<ResponseBody> all();

        @POST("users")
        Call<ResponseBody> add(@Body RequestBody user);
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
        client.dispatcher().executorService().shutdown();
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() throws IOException {
        Api api = start(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            Response<ResponseBody> response = api.user("a b").execute();
            answers.merge(response.body().string(), 1, Integer::sum);
            assertThat(response.headers().get(Services.SERVER_HEADER)).isNotNull();
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(fleet.server(0).requests())
                .extracting(TestServer.Request::target)
                .containsOnly("/users/a%20b");
        assertThat(fleet.pool().inFlight()).isZero();
    }

    @Test
    void aServerThatIsGoneCostsNoCall() throws IOException {
        Api api = start(ok("a"), ok("b"));
        fleet.server(0).close();
        for (int i = 0; i < 10; i++)
            assertThat(api.user("1").execute().isSuccessful()).isTrue();
        for (int i = 0; i < 10; i++)
            assertThat(api.add(body()).execute().isSuccessful()).isTrue();
        assertThat(fleet.server(1).hits()).isEqualTo(20);
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() {
        TestServer.Answer drop = drop();
        Api api = start(drop, drop);
        assertThatThrownBy(() -> api.add(body()).execute()).isInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aStreamIsInFlightUntilItIsClosed() throws IOException {
        Api api = start((request, out) -> out.send(200, "x".repeat(500_000)));
        try (ResponseBody body = api.all().execute().body()) {
            assertThat(body.byteStream().read()).isEqualTo('x');
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
        }
        assertThat(fleet.pool().inFlight()).isZero();
    }

    @Test
    void aCallThatIsCancelledIsNotInFlight() {
        Api api = start(hang());
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Call<ResponseBody> call = api.user("1");
        call.enqueue(new Callback<>() {
            @Override
            public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
                failed.complete(new AssertionError("answered"));
            }

            @Override
            public void onFailure(Call<ResponseBody> call, Throwable thrown) {
                failed.complete(thrown);
            }
        });
        fleet.awaitHits(1);
        call.cancel();
        assertThat(failed.join()).isInstanceOf(IOException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    private static RequestBody body() {
        return RequestBody.create(new byte[] {1});
    }

    private Api start(TestServer.Answer... answers) {
        Services services = fleet.start(answers);
        client = BalancedOkHttp.install(new OkHttpClient.Builder(), services).build();
        return new Retrofit.Builder()
                .client(client)
                .baseUrl("http://users/")
                .build()
                .create(Api.class);
    }
}
