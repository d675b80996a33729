package org.penstock.auth.pam;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** PAM of the operating system, by its C library (Linux-PAM, pam(3)). A handle is used by one thread only; several threads may ask at a time. */
final class NativePam implements Pam {
    static final String LIBRARY = "libpam.so.0";

    private static final int SUCCESS = 0;

    /** Items of a handle, as {@code pam_set_item} numbers them. */
    private static final int ITEM_USER = 2;

    private static final int ITEM_REMOTE_HOST = 4;
    private static final int ITEM_FAIL_DELAY = 10;

    private final String library;
    private final @Nullable Path services;

    /** Takes the place of PAM's own wait after a failure, which would hold a thread; the core throttles instead. */
    @FunctionalInterface
    interface Delay extends Callback {
        void invoke(int status, int micros, @Nullable Pointer data);
    }

    private static final Delay NO_DELAY = (status, micros, data) -> {};

    NativePam() {
        this(LIBRARY, null);
    }

    /**
     * PAM of another place.
     *
     * @param services directory of the services instead of {@code /etc/pam.d}; null for that
     */
    NativePam(String library, @Nullable Path services) {
        this.library = library;
        this.services = services;
    }

    private NativeLibrary load() {
        try {
            return NativeLibrary.getInstance(library);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "PAM's library " + library + " cannot be loaded; Debian's package is libpam0g: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public Result ask(Question question) {
        NativeLibrary pam = load();
        PamConversation conversation = new PamConversation(question.answers());
        Memory structure = new Memory(2L * Native.POINTER_SIZE);
        structure.setPointer(0, CallbackReference.getFunctionPointer(conversation));
        structure.setPointer(Native.POINTER_SIZE, Pointer.NULL);
        try {
            PointerByReference opened = new PointerByReference();
            int status = start(pam, question, structure, opened);
            Pointer handle = opened.getValue();
            return status == SUCCESS && handle != null
                    ? new Handle(pam, handle).run(question, conversation)
                    : new Result(false, question.user(), "PAM cannot be started: status " + status);
        } finally {
            Reference.reachabilityFence(conversation);
            Reference.reachabilityFence(structure);
        }
    }

    private int start(NativeLibrary pam, Question question, Memory structure, PointerByReference opened) {
        Path directory = services;
        return directory == null
                ? function(pam, "pam_start")
                        .invokeInt(new Object[] {question.service(), question.user(), structure, opened})
                : function(pam, "pam_start_confdir").invokeInt(new Object[] {
                    question.service(), question.user(), structure, directory.toString(), opened
                });
    }

    private static Function function(NativeLibrary pam, String name) {
        return pam.getFunction(name, Function.C_CONVENTION, "UTF-8");
    }

    /** An open handle. */
    private record Handle(NativeLibrary pam, Pointer handle) {
        Result run(Question question, PamConversation conversation) {
            int status = SUCCESS;
            try {
                call("pam_set_item", ITEM_FAIL_DELAY, NO_DELAY);
                call("pam_set_item", ITEM_REMOTE_HOST, question.remote());
                status = call("pam_authenticate", 0);
                if (status == SUCCESS) {
                    status = call("pam_acct_mgmt", 0);
                }
                return status == SUCCESS
                        ? new Result(true, user(question.user()), "")
                        : new Result(false, question.user(), conversation.explain(error(status)));
            } finally {
                call("pam_end", status);
            }
        }

        private int call(String name, Object... arguments) {
            Object[] all = new Object[arguments.length + 1];
            all[0] = handle;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            return function(pam, name).invokeInt(all);
        }

        private String user(String otherwise) {
            PointerByReference item = new PointerByReference();
            Pointer name = call("pam_get_item", ITEM_USER, item) == SUCCESS ? item.getValue() : null;
            return name == null ? otherwise : name.getString(0, "UTF-8");
        }

        private String error(int status) {
            String text = function(pam, "pam_strerror").invokeString(new Object[] {handle, status}, false);
            return text == null ? "status " + status : text;
        }
    }
}
