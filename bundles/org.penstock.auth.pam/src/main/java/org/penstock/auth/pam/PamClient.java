package org.penstock.auth.pam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine of one client's login: a password is asked for, with two factors a code too, then PAM is asked in the background.
 *
 * <pre>
 * switch --password--> [challenge --code-->] PAM --accepted--> Accept
 *                                             \--refused--> NeedAccounts
 * </pre>
 */
final class PamClient implements ClientAuth {
    /** Longest answer of a client, in bytes. */
    static final int MAX_ANSWER = 4096;

    /** PAM service of accounts that name none, the servers' default. */
    static final String DEFAULT_SERVICE = "mysql";

    /** What the client's plugin is told of a prompt, before its text: the answer is not echoed. */
    private static final byte QUESTION_WITHOUT_ECHO = 4;

    private static final byte[] PASSWORD = question("Password: ");
    private static final byte[] CODE = question("Verification code: ");

    /** PAM takes a service for a file name. */
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    private static final Logger LOG = LoggerFactory.getLogger(PamClient.class);

    private final Pam pam;
    private final PamOptions options;
    private final ClientAuthRequest request;
    private final List<byte[]> answers = new ArrayList<>();

    PamClient(Pam pam, PamOptions options, ClientAuthRequest request) {
        this.pam = pam;
        this.options = options;
        this.request = request;
    }

    private static byte[] question(String prompt) {
        byte[] text = prompt.getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[text.length + 1];
        data[0] = QUESTION_WITHOUT_ECHO;
        System.arraycopy(text, 0, data, 1, text.length);
        return data;
    }

    @Override
    public @Nullable String plugin() {
        return options.clearText() ? "mysql_clear_password" : null;
    }

    @Override
    public byte @Nullable [] switchData() {
        return options.clearText() ? null : PASSWORD.clone();
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        byte[] answer = untilNul(response);
        if (answer.length > MAX_ANSWER) {
            return new AuthStep.Reject("expected an answer of at most " + MAX_ANSWER + " bytes, got " + answer.length);
        }
        answers.add(answer);
        if (answers.size() == 1 && options.secondFactor()) {
            return new AuthStep.Challenge(CODE.clone());
        }
        return ask(request.account());
    }

    @Override
    public AuthStep onAccount(Account account) {
        return answers.isEmpty() ? new AuthStep.Reject("nothing was asked") : ask(account);
    }

    private static byte[] untilNul(byte[] response) {
        int length = 0;
        while (length < response.length && response[length] != 0) {
            length++;
        }
        byte[] answer = Arrays.copyOf(response, length);
        Arrays.fill(response, (byte) 0);
        return answer;
    }

    private AuthStep ask(@Nullable Account account) {
        String stored = account == null ? "" : account.authentication();
        String service = stored.isEmpty() ? DEFAULT_SERVICE : stored;
        if (!SERVICE.matcher(service).matches()) {
            return new AuthStep.Reject("the account names a PAM service that is no file name: '" + service + "'");
        }
        return new AuthStep.InBackground(() -> decide(account, service));
    }

    @Blocking
    private AuthStep decide(@Nullable Account account, String service) throws IOException {
        Pam.Result result = pam.ask(
                new Pam.Question(service, request.user(), request.client().address(), List.copyOf(answers)));
        if (!result.accepted() || account == null) {
            LOG.atInfo()
                    .addKeyValue("service", service)
                    .log(
                            "PAM refuses '{}'@'{}': {}",
                            request.user(),
                            request.client().address(),
                            result.detail());
            return AuthStep.NEED_ACCOUNTS;
        }
        return options.mapping() && !result.user().equals(request.user())
                ? new AuthStep.Accept(mapped(result.user()), null, result.user())
                : new AuthStep.Accept(
                        new Secret(Credential.CLEAR, answers.get(0).clone()));
    }

    private Secret mapped(String user) throws IOException {
        return options.passwords().isEmpty()
                ? Secret.none()
                : Secret.clear(
                        MappedPasswords.read(Path.of(options.passwords())).of(user));
    }
}
