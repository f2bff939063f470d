# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_gwctl_global_optspecs
    string join \n config= no-config color= j/jobs= q/quiet v/verbose h/help V/version
end

function __fish_gwctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_gwctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_gwctl_using_subcommand
    set -l cmd (__fish_gwctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

# Offers words behind the last comma.
function __fish_gwctl_list
	set -l token (commandline -ct | string replace -r -- '^--[^=]*=' '')
	set -l head (string match -r -- '^.*,' $token)
	test -n "$head"; or set head ''
	printf '%s\n' $head$argv
end

complete -c gwctl -n "__fish_gwctl_needs_command" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_needs_command" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_needs_command" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_needs_command" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_needs_command" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_needs_command" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_needs_command" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_needs_command" -s V -l version -d 'Print version'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "lint" -d 'Report problems'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "routes" -d 'Print the effective routing table'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "explain" -d 'Say how a request is routed, or what a rule means'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "rules" -d 'List rules'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "config" -d 'Show settings and where they come from, or write a config file'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "schema" -d 'Print the JSON Schema of the config file or of an output'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "man" -d 'Print the manual page'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "version" -d 'Print the version'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l select -d 'Rules to check: codes, prefixes, names, categories, default, all [default: default]' -r -f -a "(__fish_gwctl_list default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline)"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l extend-select -d 'Rules to check besides' -r -f -a "(__fish_gwctl_list default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline)"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l ignore -d 'Rules not to check; wins over --select and --extend-select' -r -f -a "(__fish_gwctl_list default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline)"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l min-severity -d 'Print from here up: error, warning, info [default: info]' -r -f -a "error\t''
warning\t''
info\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l fail-on -d 'Exit 1 from here up: error, warning, info, never [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
info\t'Any finding'
never\t'None'"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l new-since -d 'Report only findings that are not there at this revision of git' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l baseline -d 'Do not report the findings that this file lists [default: baseline of the config file]' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l write-baseline -d 'Write the findings into the baseline, or refresh it; exit 0 [default: .gwctl-baseline.json]' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s o -l output -d 'full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown; with =FILE into a file; repeatable' -r -f -a "full\t''
concise\t''
json\t''
jsonl\t''
sarif\t''
github\t''
gitlab\t''
junit\t''
checkstyle\t''
rdjson\t''
markdown\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l max-findings -d 'Print this many findings at most, in full and concise; 0: all' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s f -l filename -d 'The same as PATH, repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l stdin-filename -d 'Name to print for -' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l rev -d 'Read the PATHs at this revision of git; `:` is the index' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "(__fish_gwctl_list Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant)"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l deny-warnings -d 'The same as --fail-on warning'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s e -l exit-zero -d 'The same as --fail-on never'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l no-ignores -d 'Disregard comments, annotations and baseline'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l statistics -d 'Count findings per rule instead of printing them'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l require-resources -d 'Fail if there is nothing to check'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l timings -d 'Say how long reading, checking and printing took'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l force-exclude -d 'Excludes and ignore files apply to named files too'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l no-gitignore -d 'Read what git ignores'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l hidden -d 'Read hidden files'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s L -l follow -d 'Follow symbolic links'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l show-files -d 'Print which files would be read, and why others are not; then stop'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l include-rejected -d 'Keep objects that Istio or the API server would refuse'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s o -l output -d 'table, wide, short (istioctl\'s columns), json, yaml, csv, markdown, or envoy [default: table]' -r -f -a "table\t'Columns'
wide\t'More columns'
short\t'The columns of istioctl'
json\t'JSON'
yaml\t'YAML'
csv\t'One line per route'
markdown\t'Tables of Markdown'
envoy\t'Envoy\'s listeners and route configurations as JSON'"
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l gateway -d 'Only what comes from this Gateway: NS/NAME, or NAME of any namespace' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l port -d 'Only what is behind this port of the proxy, else of the Service' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l host -d 'Only what serves this host, itself or by a wildcard' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l name -d 'Only this route configuration, such as http.8080' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s f -l filename -d 'The same as PATH, repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l stdin-filename -d 'Name to print for -' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l rev -d 'Read the PATHs at this revision of git; `:` is the index' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "(__fish_gwctl_list Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant)"
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l listeners -d 'Print the listeners, not the routes'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l routes -d 'Print the routes, not the listeners'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l show-source -d 'Add file and line to each row'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l force-exclude -d 'Excludes and ignore files apply to named files too'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l no-gitignore -d 'Read what git ignores'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l hidden -d 'Read hidden files'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s L -l follow -d 'Follow symbolic links'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l show-files -d 'Print which files would be read, and why others are not; then stop'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l include-rejected -d 'Keep objects that Istio or the API server would refuse'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -f -a "host" -d 'Say which listener, route and destination answers a request'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -f -a "rule" -d 'Say what a rule means'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l port -d 'Port that the client dials [default: from the scheme, else every port that knows the host]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l scheme -d 'http, https, tls or tcp [default: what the port speaks]' -r -f -a "http\t''
https\t''
tls\t''
tcp\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l path -d 'Path, may hold ?query [default: that of the URL, else /]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l query -d 'A query parameter, repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s X -l method -d 'HTTP method' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s H -l header -d 'A header, repeatable; `Host` counts as --authority' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l authority -d 'Host header [default: HOST, with the port as clients send it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l sni -d 'Server name in the TLS handshake; \'\' for none [default: HOST]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l client-ip -d 'Address of the client, as headers show it' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l address -d 'Address that a listener is bound to [default: any]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l gateway -d 'Only the proxies and ports of this Gateway: NS/NAME, or NAME of any namespace' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l random -d 'Decide by this random value, as Envoy does: weighted destinations, shares of faults and mirrors [default: show all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l requests -d 'Answer the requests of a file (- for stdin), one JSON object a line' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s o -l output -d 'text, json or yaml; jsonl with --requests' -r -f -a "text\t'For people'
json\t'JSON'
yaml\t'The same as YAML'
jsonl\t'One answer a line'"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s f -l filename -d 'The same as PATH, repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l stdin-filename -d 'Name to print for -' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l rev -d 'Read the PATHs at this revision of git; `:` is the index' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "(__fish_gwctl_list Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant)"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l trace -d 'List every route that was looked at, and why it does not match'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l force-exclude -d 'Excludes and ignore files apply to named files too'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l no-gitignore -d 'Read what git ignores'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l hidden -d 'Read hidden files'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s L -l follow -d 'Follow symbolic links'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l show-files -d 'Print which files would be read, and why others are not; then stop'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l include-rejected -d 'Keep objects that Istio or the API server would refuse'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -s o -l output -d 'text, markdown or json [default: text]' -r -f -a "text\t'For the terminal'
markdown\t'As in docs/rules'
json\t'JSON'"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -l all -d 'All rules'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from help" -f -a "host" -d 'Say which listener, route and destination answers a request'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from help" -f -a "rule" -d 'Say what a rule means'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s o -l output -d 'table, json or markdown [default: table]' -r -f -a "table\t'Columns'
json\t'JSON'
markdown\t'A table of Markdown, with links to the pages'"
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -f -a "show" -d 'Print every setting, with where it comes from'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -f -a "init" -d 'Write a .gwctl.yaml with all keys as comments into the current directory'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -f -a "path" -d 'Print which config file counts'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l select -d 'Rules to check: codes, prefixes, names, categories, default, all [default: default]' -r -f -a "(__fish_gwctl_list default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline)"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l extend-select -d 'Rules to check besides' -r -f -a "(__fish_gwctl_list default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline)"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l ignore -d 'Rules not to check; wins over --select and --extend-select' -r -f -a "(__fish_gwctl_list default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline)"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l min-severity -d 'Print from here up: error, warning, info [default: info]' -r -f -a "error\t''
warning\t''
info\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l fail-on -d 'Exit 1 from here up: error, warning, info, never [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
info\t'Any finding'
never\t'None'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'As of `gwctl lint`' -r -f -a "full\t''
concise\t''
json\t''
jsonl\t''
sarif\t''
github\t''
gitlab\t''
junit\t''
checkstyle\t''
rdjson\t''
markdown\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l baseline -d 'As of `gwctl lint`' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s f -l filename -d 'The same as PATH, repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l stdin-filename -d 'Name to print for -' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l rev -d 'Read the PATHs at this revision of git; `:` is the index' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "(__fish_gwctl_list Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant)"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l deny-warnings -d 'The same as --fail-on warning'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s e -l exit-zero -d 'The same as --fail-on never'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l force-exclude -d 'Excludes and ignore files apply to named files too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-gitignore -d 'Read what git ignores'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l hidden -d 'Read hidden files'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s L -l follow -d 'Follow symbolic links'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l show-files -d 'Print which files would be read, and why others are not; then stop'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l include-rejected -d 'Keep objects that Istio or the API server would refuse'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print every setting, with where it comes from'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "init" -d 'Write a .gwctl.yaml with all keys as comments into the current directory'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print which config file counts'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -l dir -d 'Write one page per command into this directory' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -s o -l output -d 'text or json [default: text]' -r -f -a "text\t'One line'
json\t'JSON'"
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "lint" -d 'Report problems'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "routes" -d 'Print the effective routing table'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "explain" -d 'Say how a request is routed, or what a rule means'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "rules" -d 'List rules'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "config" -d 'Show settings and where they come from, or write a config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "schema" -d 'Print the JSON Schema of the config file or of an output'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "man" -d 'Print the manual page'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "version" -d 'Print the version'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and __fish_seen_subcommand_from explain" -f -a "host" -d 'Say which listener, route and destination answers a request'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and __fish_seen_subcommand_from explain" -f -a "rule" -d 'Say what a rule means'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every setting, with where it comes from'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "init" -d 'Write a .gwctl.yaml with all keys as comments into the current directory'
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print which config file counts'
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -f -a "GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline"
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -f -a "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline"
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -f -a "config lint routes explain"
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -f -a "bash elvish fish powershell zsh"
