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

complete -c gwctl -n "__fish_gwctl_needs_command" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "rules" -d 'List all rules'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "config" -d 'Show settings and where they come from, or write a config file'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "schema" -d 'Print the JSON Schema of the config file or of an output'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "man" -d 'Print the manual page'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "version" -d 'Print the version'
complete -c gwctl -n "__fish_gwctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l select -d 'Rules to check: codes, prefixes, names, categories, default, all [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l extend-select -d 'Rules to check besides' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l ignore -d 'Rules not to check; wins over --select and --extend-select' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l min-severity -d 'Report from here up: error, warning, info [default: info]' -r -f -a "error\t''
warning\t''
info\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l fail-on -d 'Exit 1 from here up: error, warning, info, never [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
info\t'Any finding'
never\t'None'"
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
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "Service\t''
Secret\t''
Gateway\t''
VirtualService\t''
DestinationRule\t''
ServiceEntry\t''
Deployment\t''
StatefulSet\t''
DaemonSet\t''
Rollout\t''
Pod\t''
Namespace\t''
ConfigMap\t''
Sidecar\t''
WorkloadEntry\t''
WorkloadGroup\t''
ProxyConfig\t''
EnvoyFilter\t''
WasmPlugin\t''
AuthorizationPolicy\t''
PeerAuthentication\t''
RequestAuthentication\t''
Telemetry\t''
Ingress\t''
GatewayClass\t''
HTTPRoute\t''
GRPCRoute\t''
TCPRoute\t''
TLSRoute\t''
ReferenceGrant\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand lint" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "Service\t''
Secret\t''
Gateway\t''
VirtualService\t''
DestinationRule\t''
ServiceEntry\t''
Deployment\t''
StatefulSet\t''
DaemonSet\t''
Rollout\t''
Pod\t''
Namespace\t''
ConfigMap\t''
Sidecar\t''
WorkloadEntry\t''
WorkloadGroup\t''
ProxyConfig\t''
EnvoyFilter\t''
WasmPlugin\t''
AuthorizationPolicy\t''
PeerAuthentication\t''
RequestAuthentication\t''
Telemetry\t''
Ingress\t''
GatewayClass\t''
HTTPRoute\t''
GRPCRoute\t''
TCPRoute\t''
TLSRoute\t''
ReferenceGrant\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand routes" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and not __fish_seen_subcommand_from host rule help" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l cluster -d 'Only this cluster of the config file, repeatable [default: all]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -s n -l namespace -d 'Namespace of objects that state none [default: default]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l exclude -d 'Leave out paths that match, repeatable; relative to the current directory' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l mesh-config -d 'The MeshConfig, as a YAML file' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l complete -d 'Kinds of which the input holds every object, such as Service,Secret' -r -f -a "Service\t''
Secret\t''
Gateway\t''
VirtualService\t''
DestinationRule\t''
ServiceEntry\t''
Deployment\t''
StatefulSet\t''
DaemonSet\t''
Rollout\t''
Pod\t''
Namespace\t''
ConfigMap\t''
Sidecar\t''
WorkloadEntry\t''
WorkloadGroup\t''
ProxyConfig\t''
EnvoyFilter\t''
WasmPlugin\t''
AuthorizationPolicy\t''
PeerAuthentication\t''
RequestAuthentication\t''
Telemetry\t''
Ingress\t''
GatewayClass\t''
HTTPRoute\t''
GRPCRoute\t''
TCPRoute\t''
TLSRoute\t''
ReferenceGrant\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l proxy -d 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l istio-version -d 'Istio version to follow [default: 1.31]' -r -f -a "1.29\t''
1.30\t''
1.31\t''
1.32\t''"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from host" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand explain; and __fish_seen_subcommand_from rule" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand rules" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and not __fish_seen_subcommand_from show init path help" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand schema" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -l color -d 'When to colour: auto, always, never' -r -f -a "auto\t'As the environment and the stream suggest'
always\t'Always'
never\t'Never'"
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s j -l jobs -d 'Number of threads; 0: as many as cores [default: 0]' -r
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -l no-config -d 'Read no config file'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s q -l quiet -d 'Results only; twice: exit code only'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s v -l verbose -d 'Say more on what was assumed and skipped; twice: times too'
complete -c gwctl -n "__fish_gwctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -l dir -d 'Write one page per command into this directory' -r -F
complete -c gwctl -n "__fish_gwctl_using_subcommand man" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand version" -l config -d 'The config file [default: .gwctl.yaml of the first PATH\'s folder or of one above it]' -r
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
complete -c gwctl -n "__fish_gwctl_using_subcommand help; and not __fish_seen_subcommand_from lint routes explain rules config schema completions man version help" -f -a "rules" -d 'List all rules'
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
