
use builtin;
use str;

set edit:completion:arg-completer[gwctl] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'gwctl'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'gwctl'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand lint 'Report problems'
            cand routes 'Print the effective routing table'
            cand explain 'Say how a request is routed, or what a rule means'
            cand rules 'List rules'
            cand config 'Show settings and where they come from, or write a config file'
            cand schema 'Print the JSON Schema of the config file or of an output'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand version 'Print the version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gwctl;lint'= {
            cand --select 'Rules to check: codes, prefixes, names, categories, default, all [default: default]'
            cand --extend-select 'Rules to check besides'
            cand --ignore 'Rules not to check; wins over --select and --extend-select'
            cand --min-severity 'Print from here up: error, warning, info [default: info]'
            cand --fail-on 'Exit 1 from here up: error, warning, info, never [default: error]'
            cand --new-since 'Report only findings that are not there at this revision of git'
            cand --baseline 'Do not report the findings that this file lists [default: baseline of the config file]'
            cand --write-baseline 'Write the findings into the baseline, or refresh it; exit 0 [default: .gwctl-baseline.json]'
            cand -o 'full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown; with =FILE into a file; repeatable'
            cand --output 'full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown; with =FILE into a file; repeatable'
            cand --max-findings 'Print this many findings at most, in full and concise; 0: all'
            cand -f 'The same as PATH, repeatable'
            cand --filename 'The same as PATH, repeatable'
            cand --stdin-filename 'Name to print for -'
            cand --rev 'Read the PATHs at this revision of git; `:` is the index'
            cand --cluster 'Only this cluster of the config file, repeatable [default: all]'
            cand -n 'Namespace of objects that state none [default: default]'
            cand --namespace 'Namespace of objects that state none [default: default]'
            cand --exclude 'Leave out paths that match, repeatable; relative to the current directory'
            cand --mesh-config 'The MeshConfig, as a YAML file'
            cand --complete 'Kinds of which the input holds every object, such as Service,Secret'
            cand --proxy 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable'
            cand --istio-version 'Istio version to follow [default: 1.31]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --deny-warnings 'The same as --fail-on warning'
            cand -e 'The same as --fail-on never'
            cand --exit-zero 'The same as --fail-on never'
            cand --no-ignores 'Disregard comments, annotations and baseline'
            cand --statistics 'Count findings per rule instead of printing them'
            cand --require-resources 'Fail if there is nothing to check'
            cand --timings 'Say how long reading, checking and printing took'
            cand --force-exclude 'Excludes and ignore files apply to named files too'
            cand --no-gitignore 'Read what git ignores'
            cand --hidden 'Read hidden files'
            cand -L 'Follow symbolic links'
            cand --follow 'Follow symbolic links'
            cand --show-files 'Print which files would be read, and why others are not; then stop'
            cand --include-rejected 'Keep objects that Istio or the API server would refuse'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'gwctl;routes'= {
            cand -o 'table, wide, short (istioctl''s columns), json, yaml, csv, markdown, or envoy [default: table]'
            cand --output 'table, wide, short (istioctl''s columns), json, yaml, csv, markdown, or envoy [default: table]'
            cand --gateway 'Only what comes from this Gateway: NS/NAME, or NAME of any namespace'
            cand --port 'Only what is behind this port of the proxy, else of the Service'
            cand --host 'Only what serves this host, itself or by a wildcard'
            cand --name 'Only this route configuration, such as http.8080'
            cand -f 'The same as PATH, repeatable'
            cand --filename 'The same as PATH, repeatable'
            cand --stdin-filename 'Name to print for -'
            cand --rev 'Read the PATHs at this revision of git; `:` is the index'
            cand --cluster 'Only this cluster of the config file, repeatable [default: all]'
            cand -n 'Namespace of objects that state none [default: default]'
            cand --namespace 'Namespace of objects that state none [default: default]'
            cand --exclude 'Leave out paths that match, repeatable; relative to the current directory'
            cand --mesh-config 'The MeshConfig, as a YAML file'
            cand --complete 'Kinds of which the input holds every object, such as Service,Secret'
            cand --proxy 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable'
            cand --istio-version 'Istio version to follow [default: 1.31]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --listeners 'Print the listeners, not the routes'
            cand --routes 'Print the routes, not the listeners'
            cand --show-source 'Add file and line to each row'
            cand --force-exclude 'Excludes and ignore files apply to named files too'
            cand --no-gitignore 'Read what git ignores'
            cand --hidden 'Read hidden files'
            cand -L 'Follow symbolic links'
            cand --follow 'Follow symbolic links'
            cand --show-files 'Print which files would be read, and why others are not; then stop'
            cand --include-rejected 'Keep objects that Istio or the API server would refuse'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'gwctl;explain'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
            cand host 'Say which listener, route and destination answers a request'
            cand rule 'Say what a rule means'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gwctl;explain;host'= {
            cand --port 'Port that the client dials [default: from the scheme, else every port that knows the host]'
            cand --scheme 'http, https, tls or tcp [default: what the port speaks]'
            cand --path 'Path, may hold ?query [default: that of the URL, else /]'
            cand --query 'A query parameter, repeatable'
            cand -X 'HTTP method'
            cand --method 'HTTP method'
            cand -H 'A header, repeatable; `Host` counts as --authority'
            cand --header 'A header, repeatable; `Host` counts as --authority'
            cand --authority 'Host header [default: HOST, with the port as clients send it]'
            cand --sni 'Server name in the TLS handshake; '''' for none [default: HOST]'
            cand --client-ip 'Address of the client, as headers show it'
            cand --address 'Address that a listener is bound to [default: any]'
            cand --gateway 'Only the proxies and ports of this Gateway: NS/NAME, or NAME of any namespace'
            cand --random 'Decide by this random value, as Envoy does: weighted destinations, shares of faults and mirrors [default: show all]'
            cand --requests 'Answer the requests of a file (- for stdin), one JSON object a line'
            cand -o 'text, json or yaml; jsonl with --requests'
            cand --output 'text, json or yaml; jsonl with --requests'
            cand -f 'The same as PATH, repeatable'
            cand --filename 'The same as PATH, repeatable'
            cand --stdin-filename 'Name to print for -'
            cand --rev 'Read the PATHs at this revision of git; `:` is the index'
            cand --cluster 'Only this cluster of the config file, repeatable [default: all]'
            cand -n 'Namespace of objects that state none [default: default]'
            cand --namespace 'Namespace of objects that state none [default: default]'
            cand --exclude 'Leave out paths that match, repeatable; relative to the current directory'
            cand --mesh-config 'The MeshConfig, as a YAML file'
            cand --complete 'Kinds of which the input holds every object, such as Service,Secret'
            cand --proxy 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable'
            cand --istio-version 'Istio version to follow [default: 1.31]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --trace 'List every route that was looked at, and why it does not match'
            cand --force-exclude 'Excludes and ignore files apply to named files too'
            cand --no-gitignore 'Read what git ignores'
            cand --hidden 'Read hidden files'
            cand -L 'Follow symbolic links'
            cand --follow 'Follow symbolic links'
            cand --show-files 'Print which files would be read, and why others are not; then stop'
            cand --include-rejected 'Keep objects that Istio or the API server would refuse'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'gwctl;explain;rule'= {
            cand -o 'text, markdown or json [default: text]'
            cand --output 'text, markdown or json [default: text]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --all 'All rules'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;explain;help'= {
            cand host 'Say which listener, route and destination answers a request'
            cand rule 'Say what a rule means'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gwctl;explain;help;host'= {
        }
        &'gwctl;explain;help;rule'= {
        }
        &'gwctl;explain;help;help'= {
        }
        &'gwctl;rules'= {
            cand -o 'table, json or markdown [default: table]'
            cand --output 'table, json or markdown [default: table]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;config'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
            cand show 'Print every setting, with where it comes from'
            cand init 'Write a .gwctl.yaml with all keys as comments into the current directory'
            cand path 'Print which config file counts'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gwctl;config;show'= {
            cand --select 'Rules to check: codes, prefixes, names, categories, default, all [default: default]'
            cand --extend-select 'Rules to check besides'
            cand --ignore 'Rules not to check; wins over --select and --extend-select'
            cand --min-severity 'Print from here up: error, warning, info [default: info]'
            cand --fail-on 'Exit 1 from here up: error, warning, info, never [default: error]'
            cand -o 'As of `gwctl lint`'
            cand --output 'As of `gwctl lint`'
            cand --baseline 'As of `gwctl lint`'
            cand -f 'The same as PATH, repeatable'
            cand --filename 'The same as PATH, repeatable'
            cand --stdin-filename 'Name to print for -'
            cand --rev 'Read the PATHs at this revision of git; `:` is the index'
            cand --cluster 'Only this cluster of the config file, repeatable [default: all]'
            cand -n 'Namespace of objects that state none [default: default]'
            cand --namespace 'Namespace of objects that state none [default: default]'
            cand --exclude 'Leave out paths that match, repeatable; relative to the current directory'
            cand --mesh-config 'The MeshConfig, as a YAML file'
            cand --complete 'Kinds of which the input holds every object, such as Service,Secret'
            cand --proxy 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable'
            cand --istio-version 'Istio version to follow [default: 1.31]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --deny-warnings 'The same as --fail-on warning'
            cand -e 'The same as --fail-on never'
            cand --exit-zero 'The same as --fail-on never'
            cand --force-exclude 'Excludes and ignore files apply to named files too'
            cand --no-gitignore 'Read what git ignores'
            cand --hidden 'Read hidden files'
            cand -L 'Follow symbolic links'
            cand --follow 'Follow symbolic links'
            cand --show-files 'Print which files would be read, and why others are not; then stop'
            cand --include-rejected 'Keep objects that Istio or the API server would refuse'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'gwctl;config;init'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;config;path'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;config;help'= {
            cand show 'Print every setting, with where it comes from'
            cand init 'Write a .gwctl.yaml with all keys as comments into the current directory'
            cand path 'Print which config file counts'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gwctl;config;help;show'= {
        }
        &'gwctl;config;help;init'= {
        }
        &'gwctl;config;help;path'= {
        }
        &'gwctl;config;help;help'= {
        }
        &'gwctl;schema'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;completions'= {
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;man'= {
            cand --dir 'Write one page per command into this directory'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;version'= {
            cand -o 'text or json [default: text]'
            cand --output 'text or json [default: text]'
            cand --config 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable'
            cand --color 'When to colour: auto, always, never'
            cand -j 'Number of threads; 0: as many as cores [default: 0]'
            cand --jobs 'Number of threads; 0: as many as cores [default: 0]'
            cand --no-config 'Read no config file'
            cand -q 'Results only; twice: exit code only'
            cand --quiet 'Results only; twice: exit code only'
            cand -v 'Say more on what was assumed and skipped; twice: times too'
            cand --verbose 'Say more on what was assumed and skipped; twice: times too'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'gwctl;help'= {
            cand lint 'Report problems'
            cand routes 'Print the effective routing table'
            cand explain 'Say how a request is routed, or what a rule means'
            cand rules 'List rules'
            cand config 'Show settings and where they come from, or write a config file'
            cand schema 'Print the JSON Schema of the config file or of an output'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand version 'Print the version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'gwctl;help;lint'= {
        }
        &'gwctl;help;routes'= {
        }
        &'gwctl;help;explain'= {
            cand host 'Say which listener, route and destination answers a request'
            cand rule 'Say what a rule means'
        }
        &'gwctl;help;explain;host'= {
        }
        &'gwctl;help;explain;rule'= {
        }
        &'gwctl;help;rules'= {
        }
        &'gwctl;help;config'= {
            cand show 'Print every setting, with where it comes from'
            cand init 'Write a .gwctl.yaml with all keys as comments into the current directory'
            cand path 'Print which config file counts'
        }
        &'gwctl;help;config;show'= {
        }
        &'gwctl;help;config;init'= {
        }
        &'gwctl;help;config;path'= {
        }
        &'gwctl;help;schema'= {
        }
        &'gwctl;help;completions'= {
        }
        &'gwctl;help;man'= {
        }
        &'gwctl;help;version'= {
        }
        &'gwctl;help;help'= {
        }
    ]
    $completions[$command]
}
