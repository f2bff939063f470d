
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'gwctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'gwctl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'gwctl' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Report problems')
            [CompletionResult]::new('routes', 'routes', [CompletionResultType]::ParameterValue, 'Print the effective routing table')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say how a request is routed, or what a rule means')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List rules')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show settings and where they come from, or write a config file')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of the config file or of an output')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gwctl;lint' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Rules to check: codes, prefixes, names, categories, default, all [default: default]')
            [CompletionResult]::new('--extend-select', '--extend-select', [CompletionResultType]::ParameterName, 'Rules to check besides')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Rules not to check; wins over --select and --extend-select')
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Print from here up: error, warning, info [default: info]')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit 1 from here up: error, warning, info, never [default: error]')
            [CompletionResult]::new('--new-since', '--new-since', [CompletionResultType]::ParameterName, 'Report only findings that are not there at this revision of git')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Do not report the findings that this file lists [default: baseline of the config file]')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write the findings into the baseline, or refresh it; exit 0 [default: .gwctl-baseline.json]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown; with =FILE into a file; repeatable')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown; with =FILE into a file; repeatable')
            [CompletionResult]::new('--max-findings', '--max-findings', [CompletionResultType]::ParameterName, 'Print this many findings at most, in full and concise; 0: all')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Name to print for -')
            [CompletionResult]::new('--rev', '--rev', [CompletionResultType]::ParameterName, 'Read the PATHs at this revision of git; `:` is the index')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Only this cluster of the config file, repeatable [default: all]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Leave out paths that match, repeatable; relative to the current directory')
            [CompletionResult]::new('--mesh-config', '--mesh-config', [CompletionResultType]::ParameterName, 'The MeshConfig, as a YAML file')
            [CompletionResult]::new('--complete', '--complete', [CompletionResultType]::ParameterName, 'Kinds of which the input holds every object, such as Service,Secret')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable')
            [CompletionResult]::new('--istio-version', '--istio-version', [CompletionResultType]::ParameterName, 'Istio version to follow [default: 1.31]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--deny-warnings', '--deny-warnings', [CompletionResultType]::ParameterName, 'The same as --fail-on warning')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The same as --fail-on never')
            [CompletionResult]::new('--exit-zero', '--exit-zero', [CompletionResultType]::ParameterName, 'The same as --fail-on never')
            [CompletionResult]::new('--no-ignores', '--no-ignores', [CompletionResultType]::ParameterName, 'Disregard comments, annotations and baseline')
            [CompletionResult]::new('--statistics', '--statistics', [CompletionResultType]::ParameterName, 'Count findings per rule instead of printing them')
            [CompletionResult]::new('--require-resources', '--require-resources', [CompletionResultType]::ParameterName, 'Fail if there is nothing to check')
            [CompletionResult]::new('--timings', '--timings', [CompletionResultType]::ParameterName, 'Say how long reading, checking and printing took')
            [CompletionResult]::new('--force-exclude', '--force-exclude', [CompletionResultType]::ParameterName, 'Excludes and ignore files apply to named files too')
            [CompletionResult]::new('--no-gitignore', '--no-gitignore', [CompletionResultType]::ParameterName, 'Read what git ignores')
            [CompletionResult]::new('--hidden', '--hidden', [CompletionResultType]::ParameterName, 'Read hidden files')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--show-files', '--show-files', [CompletionResultType]::ParameterName, 'Print which files would be read, and why others are not; then stop')
            [CompletionResult]::new('--include-rejected', '--include-rejected', [CompletionResultType]::ParameterName, 'Keep objects that Istio or the API server would refuse')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'gwctl;routes' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'table, wide, short (istioctl''s columns), json, yaml, csv, markdown, or envoy [default: table]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'table, wide, short (istioctl''s columns), json, yaml, csv, markdown, or envoy [default: table]')
            [CompletionResult]::new('--gateway', '--gateway', [CompletionResultType]::ParameterName, 'Only what comes from this Gateway: NS/NAME, or NAME of any namespace')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Only what is behind this port of the proxy, else of the Service')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Only what serves this host, itself or by a wildcard')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only this route configuration, such as http.8080')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Name to print for -')
            [CompletionResult]::new('--rev', '--rev', [CompletionResultType]::ParameterName, 'Read the PATHs at this revision of git; `:` is the index')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Only this cluster of the config file, repeatable [default: all]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Leave out paths that match, repeatable; relative to the current directory')
            [CompletionResult]::new('--mesh-config', '--mesh-config', [CompletionResultType]::ParameterName, 'The MeshConfig, as a YAML file')
            [CompletionResult]::new('--complete', '--complete', [CompletionResultType]::ParameterName, 'Kinds of which the input holds every object, such as Service,Secret')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable')
            [CompletionResult]::new('--istio-version', '--istio-version', [CompletionResultType]::ParameterName, 'Istio version to follow [default: 1.31]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--listeners', '--listeners', [CompletionResultType]::ParameterName, 'Print the listeners, not the routes')
            [CompletionResult]::new('--routes', '--routes', [CompletionResultType]::ParameterName, 'Print the routes, not the listeners')
            [CompletionResult]::new('--show-source', '--show-source', [CompletionResultType]::ParameterName, 'Add file and line to each row')
            [CompletionResult]::new('--force-exclude', '--force-exclude', [CompletionResultType]::ParameterName, 'Excludes and ignore files apply to named files too')
            [CompletionResult]::new('--no-gitignore', '--no-gitignore', [CompletionResultType]::ParameterName, 'Read what git ignores')
            [CompletionResult]::new('--hidden', '--hidden', [CompletionResultType]::ParameterName, 'Read hidden files')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--show-files', '--show-files', [CompletionResultType]::ParameterName, 'Print which files would be read, and why others are not; then stop')
            [CompletionResult]::new('--include-rejected', '--include-rejected', [CompletionResultType]::ParameterName, 'Keep objects that Istio or the API server would refuse')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'gwctl;explain' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('host', 'host', [CompletionResultType]::ParameterValue, 'Say which listener, route and destination answers a request')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'Say what a rule means')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gwctl;explain;host' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port that the client dials [default: from the scheme, else every port that knows the host]')
            [CompletionResult]::new('--scheme', '--scheme', [CompletionResultType]::ParameterName, 'http, https, tls or tcp [default: what the port speaks]')
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'Path, may hold ?query [default: that of the URL, else /]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'A query parameter, repeatable')
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'HTTP method')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'HTTP method')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header, repeatable; `Host` counts as --authority')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header, repeatable; `Host` counts as --authority')
            [CompletionResult]::new('--authority', '--authority', [CompletionResultType]::ParameterName, 'Host header [default: HOST, with the port as clients send it]')
            [CompletionResult]::new('--sni', '--sni', [CompletionResultType]::ParameterName, 'Server name in the TLS handshake; '''' for none [default: HOST]')
            [CompletionResult]::new('--client-ip', '--client-ip', [CompletionResultType]::ParameterName, 'Address of the client, as headers show it')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Address that a listener is bound to [default: any]')
            [CompletionResult]::new('--gateway', '--gateway', [CompletionResultType]::ParameterName, 'Only the proxies and ports of this Gateway: NS/NAME, or NAME of any namespace')
            [CompletionResult]::new('--random', '--random', [CompletionResultType]::ParameterName, 'Decide by this random value, as Envoy does: weighted destinations, shares of faults and mirrors [default: show all]')
            [CompletionResult]::new('--requests', '--requests', [CompletionResultType]::ParameterName, 'Answer the requests of a file (- for stdin), one JSON object a line')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, json or yaml; jsonl with --requests')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, json or yaml; jsonl with --requests')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Name to print for -')
            [CompletionResult]::new('--rev', '--rev', [CompletionResultType]::ParameterName, 'Read the PATHs at this revision of git; `:` is the index')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Only this cluster of the config file, repeatable [default: all]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Leave out paths that match, repeatable; relative to the current directory')
            [CompletionResult]::new('--mesh-config', '--mesh-config', [CompletionResultType]::ParameterName, 'The MeshConfig, as a YAML file')
            [CompletionResult]::new('--complete', '--complete', [CompletionResultType]::ParameterName, 'Kinds of which the input holds every object, such as Service,Secret')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable')
            [CompletionResult]::new('--istio-version', '--istio-version', [CompletionResultType]::ParameterName, 'Istio version to follow [default: 1.31]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'List every route that was looked at, and why it does not match')
            [CompletionResult]::new('--force-exclude', '--force-exclude', [CompletionResultType]::ParameterName, 'Excludes and ignore files apply to named files too')
            [CompletionResult]::new('--no-gitignore', '--no-gitignore', [CompletionResultType]::ParameterName, 'Read what git ignores')
            [CompletionResult]::new('--hidden', '--hidden', [CompletionResultType]::ParameterName, 'Read hidden files')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--show-files', '--show-files', [CompletionResultType]::ParameterName, 'Print which files would be read, and why others are not; then stop')
            [CompletionResult]::new('--include-rejected', '--include-rejected', [CompletionResultType]::ParameterName, 'Keep objects that Istio or the API server would refuse')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'gwctl;explain;rule' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text, markdown or json [default: text]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text, markdown or json [default: text]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All rules')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;explain;help' {
            [CompletionResult]::new('host', 'host', [CompletionResultType]::ParameterValue, 'Say which listener, route and destination answers a request')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'Say what a rule means')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gwctl;explain;help;host' {
            break
        }
        'gwctl;explain;help;rule' {
            break
        }
        'gwctl;explain;help;help' {
            break
        }
        'gwctl;rules' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'table, json or markdown [default: table]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'table, json or markdown [default: table]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;config' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting, with where it comes from')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a .gwctl.yaml with all keys as comments into the current directory')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print which config file counts')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gwctl;config;show' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Rules to check: codes, prefixes, names, categories, default, all [default: default]')
            [CompletionResult]::new('--extend-select', '--extend-select', [CompletionResultType]::ParameterName, 'Rules to check besides')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Rules not to check; wins over --select and --extend-select')
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Print from here up: error, warning, info [default: info]')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit 1 from here up: error, warning, info, never [default: error]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'As of `gwctl lint`')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'As of `gwctl lint`')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'As of `gwctl lint`')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--filename', '--filename', [CompletionResultType]::ParameterName, 'The same as PATH, repeatable')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Name to print for -')
            [CompletionResult]::new('--rev', '--rev', [CompletionResultType]::ParameterName, 'Read the PATHs at this revision of git; `:` is the index')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'Only this cluster of the config file, repeatable [default: all]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of objects that state none [default: default]')
            [CompletionResult]::new('--exclude', '--exclude', [CompletionResultType]::ParameterName, 'Leave out paths that match, repeatable; relative to the current directory')
            [CompletionResult]::new('--mesh-config', '--mesh-config', [CompletionResultType]::ParameterName, 'The MeshConfig, as a YAML file')
            [CompletionResult]::new('--complete', '--complete', [CompletionResultType]::ParameterName, 'Kinds of which the input holds every object, such as Service,Secret')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'The ingress proxy: [NAMESPACE/]key=value,... or a name; repeatable')
            [CompletionResult]::new('--istio-version', '--istio-version', [CompletionResultType]::ParameterName, 'Istio version to follow [default: 1.31]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--deny-warnings', '--deny-warnings', [CompletionResultType]::ParameterName, 'The same as --fail-on warning')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The same as --fail-on never')
            [CompletionResult]::new('--exit-zero', '--exit-zero', [CompletionResultType]::ParameterName, 'The same as --fail-on never')
            [CompletionResult]::new('--force-exclude', '--force-exclude', [CompletionResultType]::ParameterName, 'Excludes and ignore files apply to named files too')
            [CompletionResult]::new('--no-gitignore', '--no-gitignore', [CompletionResultType]::ParameterName, 'Read what git ignores')
            [CompletionResult]::new('--hidden', '--hidden', [CompletionResultType]::ParameterName, 'Read hidden files')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Follow symbolic links')
            [CompletionResult]::new('--show-files', '--show-files', [CompletionResultType]::ParameterName, 'Print which files would be read, and why others are not; then stop')
            [CompletionResult]::new('--include-rejected', '--include-rejected', [CompletionResultType]::ParameterName, 'Keep objects that Istio or the API server would refuse')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'gwctl;config;init' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;config;path' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;config;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting, with where it comes from')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a .gwctl.yaml with all keys as comments into the current directory')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print which config file counts')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gwctl;config;help;show' {
            break
        }
        'gwctl;config;help;init' {
            break
        }
        'gwctl;config;help;path' {
            break
        }
        'gwctl;config;help;help' {
            break
        }
        'gwctl;schema' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;completions' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;man' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Write one page per command into this directory')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;version' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'text or json [default: text]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'text or json [default: text]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [default: .gwctl.yaml of the first PATH''s folder or of one above it], or one of its keys as in namespace=shop, which counts before the file; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour: auto, always, never')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Number of threads; 0: as many as cores [default: 0]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no config file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Results only; twice: exit code only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more on what was assumed and skipped; twice: times too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'gwctl;help' {
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Report problems')
            [CompletionResult]::new('routes', 'routes', [CompletionResultType]::ParameterValue, 'Print the effective routing table')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say how a request is routed, or what a rule means')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List rules')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show settings and where they come from, or write a config file')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of the config file or of an output')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'gwctl;help;lint' {
            break
        }
        'gwctl;help;routes' {
            break
        }
        'gwctl;help;explain' {
            [CompletionResult]::new('host', 'host', [CompletionResultType]::ParameterValue, 'Say which listener, route and destination answers a request')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'Say what a rule means')
            break
        }
        'gwctl;help;explain;host' {
            break
        }
        'gwctl;help;explain;rule' {
            break
        }
        'gwctl;help;rules' {
            break
        }
        'gwctl;help;config' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting, with where it comes from')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a .gwctl.yaml with all keys as comments into the current directory')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print which config file counts')
            break
        }
        'gwctl;help;config;show' {
            break
        }
        'gwctl;help;config;init' {
            break
        }
        'gwctl;help;config;path' {
            break
        }
        'gwctl;help;schema' {
            break
        }
        'gwctl;help;completions' {
            break
        }
        'gwctl;help;man' {
            break
        }
        'gwctl;help;version' {
            break
        }
        'gwctl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
