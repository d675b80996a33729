package org.penstock.config.bridge;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.ConfigurationControl;
import org.penstock.api.admin.ModuleGenerations;
import org.penstock.api.admin.ObjectKind;
import org.penstock.config.check.Sources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the configuration file to life, and carries out changes of it; all on one thread of its own. */
@Component(service = ConfigurationControl.class, immediate = true)
public final class ConfigurationComponent implements ConfigurationControl, BundleListener {
    /** Framework properties of the launcher. */
    static final String CONF_PROPERTY = "penstock.conf";

    static final String DATA_PROPERTY = "penstock.data";

    private static final String PERSISTED = "config.d";
    private static final long CHANGE_LIMIT_SECONDS = 120;
    private static final int MODULE_EVENTS = BundleEvent.RESOLVED | BundleEvent.STARTED;
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationComponent.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "penstock-config");
        made.setDaemon(true);
        return made;
    });
    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final ServiceComponentRuntime components;
    private final Announcements announcements;
    private volatile @Nullable ModuleGenerations generations;
    private @Nullable ServiceRegistration<Runnable> hangup;
    private @Nullable Configurator configurator;

    @Activate
    public ConfigurationComponent(
            BundleContext context, @Reference ConfigurationAdmin admin, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.admin = admin;
        this.components = components;
        this.announcements = new Announcements(context);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGenerations(ModuleGenerations core) {
        generations = core;
    }

    void unbindGenerations(ModuleGenerations core) {
        if (generations == core) {
            generations = null;
        }
    }

    @Activate
    void activate() {
        thread.execute(this::load);
        Map<String, Object> properties = Map.of("penstock.signal", "HUP");
        hangup = context.registerService(Runnable.class, this::hangup, FrameworkUtil.asDictionary(properties));
        context.addBundleListener(this);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(this);
        ServiceRegistration<Runnable> registration = hangup;
        if (registration != null) {
            registration.unregister();
        }
        thread.shutdownNow();
    }

    private void load() {
        try {
            Path conf = Path.of(property(CONF_PROPERTY, "conf/penstock.cnf"));
            Path persisted = Path.of(property(DATA_PROPERTY, "data")).resolve(PERSISTED);
            Watch watch = new ServiceWatch(context, components, () -> generations);
            Applier applier = new Applier(new ConfigurationStore(admin), watch, this::later);
            Configurator made =
                    new Configurator(() -> Sources.read(conf, persisted), () -> BundleSchema.of(context), applier);
            configurator = made;
            String mistakes = made.load();
            if (!mistakes.isEmpty()) {
                LOG.error("The configuration is wrong:\n{}", mistakes);
                announcements.failed(mistakes);
                return;
            }
            announcements.waiting(made.checked().waiting());
            announcements.configured(made.listeners());
            LOG.info("Configured {} objects from {}", applier.current().size(), conf);
        } catch (RuntimeException e) {
            LOG.error("The configuration could not be applied", e);
            announcements.failed("the configuration could not be applied: " + e);
        }
    }

    private String property(String name, String otherwise) {
        return Objects.requireNonNullElse(context.getProperty(name), otherwise);
    }

    private void hangup() {
        try {
            ChangeReport report = reload(false);
            LOG.info(
                    "Configuration read again: {}",
                    report.lines().isEmpty() ? "no difference" : String.join("; ", report.lines()));
        } catch (AdminException e) {
            LOG.error("The changed configuration is not applied, the one before it stays:\n{}", e.getMessage());
        }
    }

    /** A bundle may bring the module that an object waits for. */
    @Override
    public void bundleChanged(BundleEvent event) {
        if ((event.getType() & MODULE_EVENTS) != 0 && BundleSchema.configurable(event.getBundle())) {
            later(() -> {
                Configurator made = configurator;
                if (made != null && !made.checked().waiting().isEmpty()) {
                    made.recheck();
                    announcements.waiting(made.checked().waiting());
                }
            });
        }
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The configuration is ending, nothing more is applied");
        }
    }

    @Override
    public ChangeReport alter(ObjectKind kind, String name, Map<String, String> parameters) {
        return logged(made -> new RuntimeChanges(made).alter(kind, name, parameters));
    }

    @Override
    public ChangeReport create(ObjectKind kind, String name, Map<String, String> parameters) {
        return logged(made -> new RuntimeChanges(made).create(kind, name, parameters));
    }

    @Override
    public ChangeReport destroy(ObjectKind kind, String name) {
        return logged(made -> new RuntimeChanges(made).destroy(kind, name));
    }

    @Override
    public ChangeReport reload(boolean dryRun) {
        return change(made -> made.reload(dryRun));
    }

    @Override
    public List<String> parameters(ObjectKind kind, String name) {
        return change(made -> new RuntimeChanges(made).parameters(kind, name)).lines();
    }

    /** What a change does with the configuration in force. */
    @FunctionalInterface
    private interface Change {
        List<String> with(Configurator made);
    }

    private ChangeReport logged(Change change) {
        ChangeReport report = change(change);
        report.lines().forEach(LOG::info);
        return report;
    }

    /** Runs on the configuration's thread and waits for it. */
    private ChangeReport change(Change change) {
        Callable<ChangeReport> task = () -> {
            Configurator made = configurator;
            if (made == null) {
                throw new AdminException("the configuration has not been read yet");
            }
            List<String> lines = change.with(made);
            announcements.waiting(made.checked().waiting());
            return new ChangeReport(lines);
        };
        try {
            return thread.submit(task).get(CHANGE_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AdminException refused) {
                throw new AdminException(Objects.requireNonNullElse(refused.getMessage(), "refused"), refused);
            }
            throw new AdminException("the change failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new AdminException("the change is still under way after " + CHANGE_LIMIT_SECONDS + " s", e);
        } catch (RejectedExecutionException e) {
            throw new AdminException("the process is ending", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted while waiting for the change", e);
        }
    }
}
