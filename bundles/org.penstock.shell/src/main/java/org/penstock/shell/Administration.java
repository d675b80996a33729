package org.penstock.shell;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.ConfigurationControl;
import org.penstock.api.admin.Management;

/** Where the commands find the management model, whose two halves come and go with their bundles. */
@Component(service = Administration.class)
public final class Administration {
    private volatile @Nullable Management management;
    private volatile @Nullable ConfigurationControl configuration;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindManagement(Management bound) {
        management = bound;
    }

    public void unbindManagement(Management unbound) {
        if (management == unbound) {
            management = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindConfiguration(ConfigurationControl bound) {
        configuration = bound;
    }

    public void unbindConfiguration(ConfigurationControl unbound) {
        if (configuration == unbound) {
            configuration = null;
        }
    }

    /**
     * What exists and the verbs on it.
     *
     * @throws AdminException while the core is away
     */
    public Management management() {
        CommandThread.hideArguments();
        Management current = management;
        if (current == null) {
            throw new AdminException("the core is not running; see 'lb' and 'scr:list' for what keeps it");
        }
        return current;
    }

    /**
     * Changes of the configuration.
     *
     * @throws AdminException while the configuration bundle is away
     */
    public ConfigurationControl configuration() {
        CommandThread.hideArguments();
        ConfigurationControl current = configuration;
        if (current == null) {
            throw new AdminException("the configuration is not running; see 'lb' and 'scr:list' for what keeps it");
        }
        return current;
    }
}
