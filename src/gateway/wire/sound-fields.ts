/** Lines of fields, each ended by CRLF: names are tokens, values hold no control but the tab (RFC 9110 sections 5.1 and 5.5, RFC 9112 section 5). */
export const soundFields = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t -~\u0080-\u00ff]*\r\n)*$/
