# Offers words behind the last comma.
_gwctl_list() {
    local head=""
    [[ "$2" == *,* ]] && head="${2%,*},"
    compgen -P "${head}" -W "$1" -- "${2##*,}"
}

_gwctl() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="gwctl"
                ;;
            gwctl,completions)
                cmd="gwctl__subcmd__completions"
                ;;
            gwctl,config)
                cmd="gwctl__subcmd__config"
                ;;
            gwctl,explain)
                cmd="gwctl__subcmd__explain"
                ;;
            gwctl,help)
                cmd="gwctl__subcmd__help"
                ;;
            gwctl,lint)
                cmd="gwctl__subcmd__lint"
                ;;
            gwctl,man)
                cmd="gwctl__subcmd__man"
                ;;
            gwctl,routes)
                cmd="gwctl__subcmd__routes"
                ;;
            gwctl,rules)
                cmd="gwctl__subcmd__rules"
                ;;
            gwctl,schema)
                cmd="gwctl__subcmd__schema"
                ;;
            gwctl,version)
                cmd="gwctl__subcmd__version"
                ;;
            gwctl__subcmd__config,help)
                cmd="gwctl__subcmd__config__subcmd__help"
                ;;
            gwctl__subcmd__config,init)
                cmd="gwctl__subcmd__config__subcmd__init"
                ;;
            gwctl__subcmd__config,path)
                cmd="gwctl__subcmd__config__subcmd__path"
                ;;
            gwctl__subcmd__config,show)
                cmd="gwctl__subcmd__config__subcmd__show"
                ;;
            gwctl__subcmd__config__subcmd__help,help)
                cmd="gwctl__subcmd__config__subcmd__help__subcmd__help"
                ;;
            gwctl__subcmd__config__subcmd__help,init)
                cmd="gwctl__subcmd__config__subcmd__help__subcmd__init"
                ;;
            gwctl__subcmd__config__subcmd__help,path)
                cmd="gwctl__subcmd__config__subcmd__help__subcmd__path"
                ;;
            gwctl__subcmd__config__subcmd__help,show)
                cmd="gwctl__subcmd__config__subcmd__help__subcmd__show"
                ;;
            gwctl__subcmd__explain,help)
                cmd="gwctl__subcmd__explain__subcmd__help"
                ;;
            gwctl__subcmd__explain,host)
                cmd="gwctl__subcmd__explain__subcmd__host"
                ;;
            gwctl__subcmd__explain,rule)
                cmd="gwctl__subcmd__explain__subcmd__rule"
                ;;
            gwctl__subcmd__explain__subcmd__help,help)
                cmd="gwctl__subcmd__explain__subcmd__help__subcmd__help"
                ;;
            gwctl__subcmd__explain__subcmd__help,host)
                cmd="gwctl__subcmd__explain__subcmd__help__subcmd__host"
                ;;
            gwctl__subcmd__explain__subcmd__help,rule)
                cmd="gwctl__subcmd__explain__subcmd__help__subcmd__rule"
                ;;
            gwctl__subcmd__help,completions)
                cmd="gwctl__subcmd__help__subcmd__completions"
                ;;
            gwctl__subcmd__help,config)
                cmd="gwctl__subcmd__help__subcmd__config"
                ;;
            gwctl__subcmd__help,explain)
                cmd="gwctl__subcmd__help__subcmd__explain"
                ;;
            gwctl__subcmd__help,help)
                cmd="gwctl__subcmd__help__subcmd__help"
                ;;
            gwctl__subcmd__help,lint)
                cmd="gwctl__subcmd__help__subcmd__lint"
                ;;
            gwctl__subcmd__help,man)
                cmd="gwctl__subcmd__help__subcmd__man"
                ;;
            gwctl__subcmd__help,routes)
                cmd="gwctl__subcmd__help__subcmd__routes"
                ;;
            gwctl__subcmd__help,rules)
                cmd="gwctl__subcmd__help__subcmd__rules"
                ;;
            gwctl__subcmd__help,schema)
                cmd="gwctl__subcmd__help__subcmd__schema"
                ;;
            gwctl__subcmd__help,version)
                cmd="gwctl__subcmd__help__subcmd__version"
                ;;
            gwctl__subcmd__help__subcmd__config,init)
                cmd="gwctl__subcmd__help__subcmd__config__subcmd__init"
                ;;
            gwctl__subcmd__help__subcmd__config,path)
                cmd="gwctl__subcmd__help__subcmd__config__subcmd__path"
                ;;
            gwctl__subcmd__help__subcmd__config,show)
                cmd="gwctl__subcmd__help__subcmd__config__subcmd__show"
                ;;
            gwctl__subcmd__help__subcmd__explain,host)
                cmd="gwctl__subcmd__help__subcmd__explain__subcmd__host"
                ;;
            gwctl__subcmd__help__subcmd__explain,rule)
                cmd="gwctl__subcmd__help__subcmd__explain__subcmd__rule"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        gwctl)
            opts="-j -q -v -h -V --config --no-config --color --jobs --quiet --verbose --help --version lint routes explain rules config schema completions man version help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__completions)
            opts="-j -q -v -h --config --no-config --color --jobs --quiet --verbose --help bash elvish fish powershell zsh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config)
            opts="-j -q -v -h --config --no-config --color --jobs --quiet --verbose --help show init path help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__help)
            opts="show init path help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__help__subcmd__init)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__help__subcmd__path)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__help__subcmd__show)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__init)
            opts="-j -q -v -h --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__path)
            opts="-j -q -v -h --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__config__subcmd__show)
            opts="-e -o -f -n -L -j -q -v -h --select --extend-select --ignore --min-severity --fail-on --deny-warnings --exit-zero --output --baseline --filename --stdin-filename --rev --cluster --namespace --exclude --force-exclude --no-gitignore --hidden --follow --show-files --mesh-config --complete --include-rejected --proxy --istio-version --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --select)
                    COMPREPLY=($(_gwctl_list "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline" "${cur}"))
                    return 0
                    ;;
                --extend-select)
                    COMPREPLY=($(_gwctl_list "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline" "${cur}"))
                    return 0
                    ;;
                --ignore)
                    COMPREPLY=($(_gwctl_list "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline" "${cur}"))
                    return 0
                    ;;
                --min-severity)
                    COMPREPLY=($(compgen -W "error warning info" -- "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "error warning info never" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "full concise json jsonl sarif github gitlab junit checkstyle rdjson markdown" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "full concise json jsonl sarif github gitlab junit checkstyle rdjson markdown" -- "${cur}"))
                    return 0
                    ;;
                --baseline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --stdin-filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rev)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cluster)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --namespace)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --exclude)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mesh-config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --complete)
                    COMPREPLY=($(_gwctl_list "Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant" "${cur}"))
                    return 0
                    ;;
                --proxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --istio-version)
                    COMPREPLY=($(compgen -W "1.29 1.30 1.31 1.32" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain)
            opts="-j -q -v -h --config --no-config --color --jobs --quiet --verbose --help host rule help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain__subcmd__help)
            opts="host rule help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain__subcmd__help__subcmd__host)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain__subcmd__help__subcmd__rule)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain__subcmd__host)
            opts="-X -H -o -f -n -L -j -q -v -h --port --scheme --path --query --method --header --authority --sni --client-ip --address --gateway --random --trace --requests --output --filename --stdin-filename --rev --cluster --namespace --exclude --force-exclude --no-gitignore --hidden --follow --show-files --mesh-config --complete --include-rejected --proxy --istio-version --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scheme)
                    COMPREPLY=($(compgen -W "http https tls tcp" -- "${cur}"))
                    return 0
                    ;;
                --path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -X)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --header)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -H)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --authority)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sni)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --client-ip)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --address)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --gateway)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --random)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --requests)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json yaml jsonl" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json yaml jsonl" -- "${cur}"))
                    return 0
                    ;;
                --filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --stdin-filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rev)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cluster)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --namespace)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --exclude)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mesh-config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --complete)
                    COMPREPLY=($(_gwctl_list "Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant" "${cur}"))
                    return 0
                    ;;
                --proxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --istio-version)
                    COMPREPLY=($(compgen -W "1.29 1.30 1.31 1.32" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__explain__subcmd__rule)
            opts="-o -j -q -v -h --all --output --config --no-config --color --jobs --quiet --verbose --help GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "text markdown json" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text markdown json" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help)
            opts="lint routes explain rules config schema completions man version help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__completions)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__config)
            opts="show init path"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__config__subcmd__init)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__config__subcmd__path)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__config__subcmd__show)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__explain)
            opts="host rule"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__explain__subcmd__host)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__explain__subcmd__rule)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__lint)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__man)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__routes)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__rules)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__schema)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__help__subcmd__version)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__lint)
            opts="-e -o -f -n -L -j -q -v -h --select --extend-select --ignore --min-severity --fail-on --deny-warnings --exit-zero --no-ignores --new-since --baseline --write-baseline --output --max-findings --statistics --require-resources --timings --filename --stdin-filename --rev --cluster --namespace --exclude --force-exclude --no-gitignore --hidden --follow --show-files --mesh-config --complete --include-rejected --proxy --istio-version --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --select)
                    COMPREPLY=($(_gwctl_list "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline" "${cur}"))
                    return 0
                    ;;
                --extend-select)
                    COMPREPLY=($(_gwctl_list "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline" "${cur}"))
                    return 0
                    ;;
                --ignore)
                    COMPREPLY=($(_gwctl_list "default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline" "${cur}"))
                    return 0
                    ;;
                --min-severity)
                    COMPREPLY=($(compgen -W "error warning info" -- "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "error warning info never" -- "${cur}"))
                    return 0
                    ;;
                --new-since)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --baseline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --write-baseline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "full concise json jsonl sarif github gitlab junit checkstyle rdjson markdown" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "full concise json jsonl sarif github gitlab junit checkstyle rdjson markdown" -- "${cur}"))
                    return 0
                    ;;
                --max-findings)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --stdin-filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rev)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cluster)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --namespace)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --exclude)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mesh-config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --complete)
                    COMPREPLY=($(_gwctl_list "Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant" "${cur}"))
                    return 0
                    ;;
                --proxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --istio-version)
                    COMPREPLY=($(compgen -W "1.29 1.30 1.31 1.32" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__man)
            opts="-j -q -v -h --dir --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__routes)
            opts="-o -f -n -L -j -q -v -h --output --gateway --port --host --name --listeners --routes --show-source --filename --stdin-filename --rev --cluster --namespace --exclude --force-exclude --no-gitignore --hidden --follow --show-files --mesh-config --complete --include-rejected --proxy --istio-version --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide short json yaml csv markdown envoy" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide short json yaml csv markdown envoy" -- "${cur}"))
                    return 0
                    ;;
                --gateway)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --host)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --name)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --stdin-filename)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rev)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cluster)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --namespace)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --exclude)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mesh-config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --complete)
                    COMPREPLY=($(_gwctl_list "Service Secret Gateway VirtualService DestinationRule ServiceEntry Deployment StatefulSet DaemonSet Rollout Pod Namespace ConfigMap Sidecar WorkloadEntry WorkloadGroup ProxyConfig EnvoyFilter WasmPlugin AuthorizationPolicy PeerAuthentication RequestAuthentication Telemetry Ingress GatewayClass HTTPRoute GRPCRoute TCPRoute TLSRoute ReferenceGrant" "${cur}"))
                    return 0
                    ;;
                --proxy)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --istio-version)
                    COMPREPLY=($(compgen -W "1.29 1.30 1.31 1.32" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__rules)
            opts="-o -j -q -v -h --output --config --no-config --color --jobs --quiet --verbose --help default all validity syntax gateway tls binding conflict routing destination security style GW0 GW1 GW2 GW3 GW4 GW5 GW6 GW8 GW001 yaml-syntax GW002 unknown-field GW003 wrong-type-or-enum GW004 required-field GW005 null-match GW006 duplicate-yaml-key GW007 duplicate-resource GW008 unsupported-api-version GW010 invalid-name GW011 invalid-host GW012 invalid-port GW013 invalid-duration GW014 invalid-regex GW015 invalid-weight GW016 invalid-header-operation GW017 conflicting-actions GW018 invalid-redirect GW019 unsupported-redirect-code GW020 invalid-retry GW021 invalid-fault-or-direct-response GW022 invalid-cors GW023 invalid-export-to GW025 invalid-destination-rule GW026 invalid-service-entry GW027 deprecated-field GW029 duplicate-host-in-virtual-service GW030 sni-not-subset-of-hosts GW031 istio-ineffective-match GW032 conflicting-fields GW033 limit-exceeded GW034 invalid-match GW035 reserved-annotation GW036 invalid-sidecar GW101 selector-matches-no-workload GW102 selector-missing GW103 selector-spans-workloads GW104 port-not-on-service GW105 node-port-as-port GW106 privileged-port-skipped GW107 protocol-clash-on-port GW108 port-name-duplicate GW109 ports-merge-on-target GW110 plain-protocol-on-https-port GW112 server-without-routes GW113 tcp-server-without-tcp-route GW120 crashes-istiod GW121 envoy-refuses-listener GW201 tls-block-missing GW202 tls-on-plain-protocol GW203 tls-mode-omitted GW204 certificate-ignored GW205 certificate-missing GW206 client-ca-missing GW207 several-certificate-sources GW208 istio-mutual-with-certificates GW209 secret-not-found GW210 secret-in-wrong-namespace GW211 secret-malformed GW212 certificate-validity GW213 certificate-does-not-cover-host GW214 http2-coalescing GW215 weak-tls-version GW216 bad-cipher-suite GW217 passthrough-without-tls-route GW218 http-route-on-passthrough GW219 tls-route-on-terminating-server GW220 terminated-tls-needs-tcp-route GW222 redirect-without-https GW223 redirect-behind-tls-lb GW225 redirect-on-non-http GW226 redirect-does-not-cover-host GW227 redirect-leaks-into-gateway GW229 revocation-list-unsupported GW301 gateway-not-found GW302 gateway-namespace-missing GW303 legacy-gateway-name GW304 host-not-in-any-gateway GW305 host-partly-unbound GW307 namespace-not-allowed GW308 not-exported-to-gateway GW309 forgot-gateways GW310 wildcard-on-mesh GW311 match-gateway-not-bound GW312 match-port-not-served GW313 source-match-on-gateway GW314 route-kind-not-served GW315 delegate-not-found GW316 delegate-match-conflict GW317 delegate-malformed GW318 delegate-orphan GW319 delegate-not-exported GW322 host-case-or-dot GW324 short-host-on-gateway GW401 tls-host-claimed-twice GW402 sni-duplicate-across-namespaces GW404 host-captured-by-specific-server GW406 merge-order-decides GW407 two-catch-alls GW408 specific-host-hides-wildcard GW409 mesh-host-conflict GW410 tcp-port-shared GW411 passthrough-sni-duplicate GW412 host-owned-by-several-namespaces GW501 route-after-catch-all GW502 duplicate-match GW503 match-shadowed GW504 match-shadowed-across-virtual-services GW505 prefix-not-at-segment GW506 path-without-slash GW507 pattern-in-literal GW508 query-in-path GW513 rewrite-makes-double-slash GW514 rewrite-drops-slash GW535 jwt-claim-on-mesh GW536 no-http-rule-survives GW538 envoy-refuses-routes GW601 destination-not-found GW602 short-name-wrong-namespace GW603 two-label-host GW604 destination-port-not-found GW605 destination-port-missing GW606 target-port-used GW608 subset-not-found GW609 subset-not-visible-to-gateway GW610 subset-selects-nothing GW612 destination-rules-overlap GW615 https-backend-over-plaintext GW618 upstream-not-verified GW807 unused-suppression GW808 suppression-without-reason GW812 expired-suppression GW813 unknown-rule-in-suppression GW814 stale-baseline"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table json markdown" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table json markdown" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__schema)
            opts="-j -q -v -h --config --no-config --color --jobs --quiet --verbose --help config lint routes explain"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        gwctl__subcmd__version)
            opts="-o -j -q -v -h --output --config --no-config --color --jobs --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --jobs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _gwctl -o nosort -o bashdefault -o default gwctl
else
    complete -F _gwctl -o bashdefault -o default gwctl
fi
