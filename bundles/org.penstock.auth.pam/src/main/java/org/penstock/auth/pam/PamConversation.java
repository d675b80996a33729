package org.penstock.auth.pam;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers PAM's prompts with what the client was asked for before (pam_conv(3)). A password goes only to a prompt that does not echo. */
final class PamConversation implements Callback {
    /** Most messages of one call, PAM_MAX_NUM_MSG. */
    static final int MAX_MESSAGES = 32;

    private static final int SUCCESS = 0;
    private static final int CONVERSATION_ERROR = 19;

    private static final int PROMPT_WITHOUT_ECHO = 1;
    private static final int PROMPT_WITH_ECHO = 2;

    /** A response: a pointer to the text and a number, padded to two pointers. */
    private static final int RESPONSE_SIZE = 2 * Native.POINTER_SIZE;

    private final Iterator<byte[]> answers;
    private boolean first = true;
    private @Nullable String unanswered;

    PamConversation(List<byte[]> answers) {
        this.answers = answers.iterator();
    }

    /** Called by PAM. The array and the texts are PAM's to free, so they are of malloc. */
    @SuppressWarnings("unused") // called from native code
    public int callback(int count, Pointer messages, Pointer responses, @Nullable Pointer data) {
        try {
            List<byte @Nullable []> texts = count < 1 || count > MAX_MESSAGES ? null : answer(count, messages);
            if (texts == null) {
                return CONVERSATION_ERROR;
            }
            responses.setPointer(0, allocate(texts));
            return SUCCESS;
        } catch (RuntimeException | OutOfMemoryError e) {
            unanswered = e.toString();
            return CONVERSATION_ERROR;
        }
    }

    private @Nullable List<byte @Nullable []> answer(int count, Pointer messages) {
        List<byte @Nullable []> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pointer message = messages.getPointer((long) i * Native.POINTER_SIZE);
            int style = message.getInt(0);
            if (style != PROMPT_WITHOUT_ECHO && style != PROMPT_WITH_ECHO) {
                texts.add(null);
                continue;
            }
            boolean fits = style == PROMPT_WITHOUT_ECHO || !first;
            if (!fits || !answers.hasNext()) {
                Pointer prompt = message.getPointer(Native.POINTER_SIZE);
                unanswered = prompt == null ? "" : prompt.getString(0, "UTF-8");
                return null;
            }
            first = false;
            texts.add(answers.next());
        }
        return texts;
    }

    private static Pointer allocate(List<byte @Nullable []> texts) {
        Pointer array = zeroed((long) texts.size() * RESPONSE_SIZE);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            if (text != null) {
                Pointer copy = zeroed(text.length + 1L);
                copy.write(0, text, 0, text.length);
                array.setPointer((long) i * RESPONSE_SIZE, copy);
            }
        }
        return array;
    }

    private static Pointer zeroed(long size) {
        long address = Native.malloc(size);
        if (address == 0) {
            throw new OutOfMemoryError("malloc");
        }
        Pointer made = new Pointer(address);
        made.clear(size);
        return made;
    }

    /** Why PAM failed: a prompt that had no answer, or else what PAM says. */
    String explain(String error) {
        String prompt = unanswered;
        return prompt == null
                ? error
                : "PAM asks '" + prompt.strip() + "', which was not asked of the client (pam_mode): " + error;
    }
}
