/** A test by its file and by words of its title, or of the table that makes its titles. */
export interface Proof {
  readonly file: string
  readonly titles: readonly string[]
  /** Where the titles stand, if not in the test itself. */
  readonly table?: string
}

export interface Fault {
  readonly fault: string
  readonly expected: string
  readonly proofs: readonly Proof[]
  /** What the proofs leave open. */
  readonly open?: string
}

const proof = (file: string, ...titles: readonly string[]): Proof => ({ file, titles })
const front = 'src/gateway/front/front.test.ts'
const refused = (...titles: readonly string[]): Proof => ({
  ...{ file: front, titles, table: 'src/gateway/fixtures/refused-requests.fixture.ts' },
})
const gateway = 'src/gateway/gateway.test.ts'
const upstream = 'src/gateway/upstream/faults.test.ts'
const resilience = 'src/gateway/upstream/resilience.test.ts'
const accessLog = 'src/metering/access-log/access-log.test.ts'
const sharedFaults = 'src/metering/quotas/shared-quotas-faults.test.ts'
const postgres = 'src/storage/postgres/create-postgres-store.test.ts'
const feed = 'src/storage/postgres/outbox-reader.test.ts'
const disk = 'src/storage/embedded/disk-faults.test.ts'
const standard = 'src/contract/dialects/standard.test.ts'
const target = 'src/gateway/route/target.test.ts'
const crowds = 'test/faults/crowds.test.ts'
const slowClients = 'src/gateway/front/slow-clients.test.ts'

/** What may go wrong, what is to happen then, and which test shows that it does. */
export const faults: readonly { readonly about: string; readonly faults: readonly Fault[] }[] = [
  {
    about: 'The machine and the process',
    faults: [
      {
        fault: 'power is cut',
        expected:
          'nothing acknowledged is lost; a control run without syncs must lose something, else the trial is blind',
        proofs: [
          proof(
            'scripts/power-loss.ts',
            'A control run with `synchronous=OFF`, or `fsync=off` on PostgreSQL, must lose something',
          ),
        ],
        open: 'a command of its own, `npm run test:power-loss`, on either store: it needs root; [its last run](../../scripts/results/2026-11-29.md)',
      },
      {
        fault: 'the process is killed under load',
        expected:
          'ready again within five seconds, without a mend; nothing acknowledged is lost, nothing is half-written',
        proofs: [proof('test/stop/kill-loop.test.ts', 'kill -9 under load')],
        open: 'a few rounds with the tests, fifty with `npm run test:kill-loop`, on either store; [its last run](../../scripts/results/2026-11-29.md)',
      },
      {
        fault: 'the disk is full, read-only or broken',
        expected:
          'writes are refused, reads go on; nothing unwritten is acknowledged; they resume with the space, not on a broken disk',
        proofs: [
          proof(disk, 'on a full disk writes are refused', 'that cannot be written', 'a disk that fails to write'),
        ],
      },
      {
        fault: 'too few open files are allowed',
        expected: 'connections beyond them wait or fall; the process goes on and serves again once they are gone',
        proofs: [proof(crowds, 'T34 a process that may open few files')],
      },
      {
        fault: 'the access log goes to something slow, stuck or gone',
        expected: 'calls do not wait; lines are dropped and counted',
        proofs: [
          proof(
            accessLog,
            'drops lines that a slow target',
            'counts what a failing target lost',
            'a stuck target',
            'is gone',
          ),
        ],
      },
      {
        fault: 'evidence of a call for personal data cannot be kept',
        expected: 'the call is refused, 503: no answer without its trace',
        proofs: [
          proof(gateway, 'evidence is committed before the answer leaves, or there is none'),
          proof('src/metering/evidence/evidence.test.ts', 'rejects when the row cannot be kept'),
        ],
      },
    ],
  },
  {
    about: 'The database',
    faults: [
      {
        fault: 'it ends connections, restarts, or is not there',
        expected: 'what was under way is refused as unreachable; the process goes on and finds it again by itself',
        proofs: [
          proof(postgres, 'connections that the server ends', 'a database that is not there'),
          proof(feed, 'a node that is cut off', 'a connection that goes mute'),
        ],
        open: 'the whole server is not restarted in a test: each of its connections is ended instead',
      },
      {
        fault: 'a lock is held, every connection is taken, a server process is paused',
        expected: 'a second’s wait for a connection, twelve at most for an answer, then refused; other queries go on',
        proofs: [proof(postgres, 'T6 a lock that is held', 'T6 a server process that is paused')],
      },
      {
        fault: 'it does not answer while calls come in',
        expected:
          'calls whose token cannot be proven: 503 with `Retry-After`; no token is handed out that was not kept',
        proofs: [proof('src/authorization/verify.test.ts', 'when the feed is silent', 'a token that cannot be kept')],
      },
    ],
  },
  {
    about: 'Valkey or Redis',
    faults: [
      {
        fault: 'killed, paused, emptied, read-only, full',
        expected:
          'each node keeps to its share of each quota, never more, with an alarm; calls do not wait; the whole quota comes back by itself',
        proofs: [
          proof(sharedFaults, 'killed, and started again', 'paused:', 'emptied', 'a replica that only reads', 'full:'),
          proof(
            'src/metering/quotas/shared-quotas.test.ts',
            'fall to the local share with an alarm',
            'keep to the local share, never more',
          ),
        ],
        open: 'on a server that the test starts itself; left out, loudly, where none is installed',
      },
      {
        fault: 'a herd on one quota, from one node or two',
        expected: 'exactly the limit is admitted; both levels are charged, or none',
        proofs: [
          proof(
            'test/quota/quota.test.ts',
            'one application gets its own quota exactly',
            'refused calls were charged to neither level',
          ),
          proof('src/metering/quotas/shared-quotas.test.ts', 'admit exactly the limit of a herd over two nodes'),
          proof('test/quota/token-quota.test.ts', 'counts them together, each token on its own'),
        ],
      },
    ],
  },
  {
    about: 'Providers',
    faults: [
      {
        fault: 'hangs, resets, closes early, speaks garbage, lies about its length, sends giant or broken heads',
        expected: '504 or 502; the connection is dropped, nothing is sent twice, the next call is clean',
        proofs: [proof(upstream, 'asked once, and the next request is clean')],
      },
      {
        fault: 'breaks off in the body, sends too much, or a second answer',
        expected: 'the caller sees it break off, never a whole-looking part; what nobody asked for reaches nobody',
        proofs: [
          proof(
            upstream,
            'clients see the answer break off',
            'an answer longer than its length',
            'an answer that nobody asked for',
            'a late body that must not be',
          ),
        ],
      },
      {
        fault: 'drips',
        expected: 'cut at the absolute deadline',
        proofs: [
          proof(upstream, 'T9 a dripping upstream'),
          proof('test/fronts/slow.test.ts', 'drips past the deadline'),
        ],
      },
      {
        fault: 'is down again and again',
        expected: 'another address where nothing was sent; an address that fails rests, then one call probes it',
        proofs: [
          proof(
            resilience,
            'where nothing was sent another address is tried',
            'where something was sent no other',
            'after failures in a row',
          ),
        ],
      },
      {
        fault: 'shows a certificate that is expired, of another name, of an unknown authority',
        expected: 'nothing is sent to it: 502',
        proofs: [
          proof('src/gateway/upstream/tls.test.ts', 'of an unknown authority', 'of another name', 'has expired'),
        ],
      },
      {
        fault: 'points to its own network in `Location`, `Content-Location` or `Link`',
        expected: 'the caller’s own form of address, or nothing',
        proofs: [proof('src/gateway/answer/references.test.ts', 'Location and Content-Location of an upstream')],
      },
    ],
  },
  {
    about: 'Crowds',
    faults: [
      {
        fault: 'a herd that wants tokens, or tries unknown ones',
        expected: 'each gets one or is told when to come again; calls go on',
        proofs: [proof(crowds, 'T13 a herd of clients', 'unknown tokens by the hundred')],
      },
      {
        fault: 'an application that floods a slow provider, or sends slow bodies',
        expected:
          'it is held to its own places, memory and connections (429), charged for nothing refused; others do not feel it',
        proofs: [
          proof(
            'src/gateway/load/loads.test.ts',
            'an application that floods a slow provider',
            'leaves memory to the others',
            'refused before it is charged',
          ),
          proof('src/gateway/upstream/shares.test.ts', 'those of others pass them by'),
        ],
      },
      {
        fault: 'slow heads, slow bodies, slow readers, silence',
        expected: 'others are served meanwhile, each is closed in its time',
        proofs: [
          proof(slowClients, 'others are served meanwhile, and each is closed in its time'),
          proof(resilience, 'a slow reader of a big body', 'a reader too slow'),
          proof('test/fronts/bodies-and-upstreams.test.ts', 'bodies that trickle in hold up nobody else'),
        ],
      },
      {
        fault: 'too many connections, of all or of one address',
        expected: 'new ones are closed, old clients are served',
        proofs: [
          proof(slowClients, 'T16 beyond the connections of the process'),
          proof(front, 'a connection beyond those of one address'),
        ],
      },
    ],
  },
  {
    about: 'What is sent',
    faults: [
      {
        fault: 'giant heads, many headers, long addresses',
        expected: '431, and nothing goes to a provider',
        proofs: [refused('T17 a header of 17 kB', 'T17 2,500 headers', 'T17 a target of 20 kB')],
      },
      {
        fault: 'giant, endless, cut or slow bodies; a length that is announced and not sent',
        expected: '413, 408 or 400; nothing is charged for a length that is told in advance; memory is bounded',
        proofs: [
          proof(
            gateway,
            'bodies: whole, chunked, compressed as they are; too large, slow, cut',
            'a length that is announced and not sent',
          ),
          proof('src/gateway/load/loads.test.ts', 'what cannot find room is refused before it is charged'),
        ],
      },
      {
        fault: '`Host`, `Authorization`, `Content-Type` twice, unknown, malformed or missing',
        expected: '400',
        proofs: [
          refused(
            'T19 no Host',
            'T19 two Hosts',
            'T19 an unknown Host',
            'T20 two Authorizations',
            'T20 two Content-Types',
          ),
        ],
      },
      {
        fault: 'a forged `X-Forwarded-For`, identity, quota or hop-by-hop header',
        expected: 'only a trusted hop is believed; the rest does not reach a provider',
        proofs: [
          proof(
            'src/gateway/request/header-safety.test.ts',
            'no combination of hop-by-hop',
            'what we say of the caller',
            'a trusted proxy is believed',
          ),
        ],
      },
      {
        fault: 'a length beside chunks, two lengths, folded lines, bare CR or LF, NUL, broken chunks',
        expected: '400 and the end of the connection, nothing goes to a provider',
        proofs: [
          refused(
            'T21 length and chunks',
            'T21 two lengths',
            'T21 a folded header',
            'T21 a bare CR',
            'T21 a bare LF',
            'T21 a NUL',
          ),
          proof(front, 'T21 a broken chunk'),
        ],
      },
      {
        fault: 'a sound call with garbage, a broken chunk, a cut body or a CONNECT behind it',
        expected: 'the sound call is answered first, whole, recorded once; then the connection ends',
        proofs: [
          proof(
            front,
            'T22 a sound request before garbage',
            'that one is answered first, all are recorded once',
            'a call before a body that is cut short',
            'a CONNECT behind a call under way',
          ),
        ],
      },
      {
        fault: 'invalid UTF-8 in addresses and headers',
        expected: '400; header bytes are escaped in logs',
        proofs: [
          refused('T23 a raw byte in the path'),
          proof(target, '/a%ff'),
          proof(accessLog, 'cannot be broken out of'),
          proof('src/base/log-escape.test.ts', 'a log line cannot be broken out of'),
        ],
      },
      {
        fault: 'NUL, control characters, lone surrogates, direction marks, giant values in fields',
        expected: '400 with a code, never 500',
        proofs: [
          proof('src/access/access.test.ts', 'bad input is refused with a code'),
          proof(
            'test/fronts/forms-and-tokens.test.ts',
            'a form that cannot be read is invalid_request',
            'far too long',
          ),
          proof('test/sign-in/bad-input.test.ts', 'parameters that are too long, repeated or no UTF-8'),
        ],
      },
      {
        fault: 'dot segments, encoded slashes, backslashes, NUL, bad percent',
        expected: '400: refused, never mended; no provider sees one of some 20,000',
        proofs: [
          proof('src/gateway/route/traversal.test.ts', 'T25: of some 20,000', 'T25: over the wire'),
          proof(target, '/a%00', '/a%zz', '/a#b', '/a%252fb'),
        ],
      },
      {
        fault: '`%23`, `%3F`, `%25` in an identifier',
        expected: 'go on byte for byte, decoded once for decisions',
        proofs: [
          proof(target, 'decodes each segment once and keeps the raw bytes'),
          proof('test/fronts/bodies-and-upstreams.test.ts', 'identifiers go on byte for byte'),
        ],
      },
      {
        fault: 'absolute form, `*`, CONNECT, TRACE, unknown and lower-case methods',
        expected: '400 or 501; never an open proxy; a reset right after harms nobody',
        proofs: [
          refused(
            'T28 absolute form',
            'T28 asterisk',
            'T28 CONNECT',
            'T28 TRACE',
            'T28 an unknown method',
            'T28 a lower-case method',
          ),
          proof(front, 'T28 a reset right after'),
        ],
      },
      {
        fault: '`Expect`, `Upgrade`, HTTP/1.0, the preface of HTTP/2',
        expected: '100 only to whom may call; 417; 501; served and closed; 400',
        proofs: [
          refused('T29 another expectation', 'T29 WebSocket', 'T29 the preface of HTTP/2'),
          proof(front, 'T29 100 only after authentication', 'T29 an offer of h2c', 'T29 HTTP/1.0'),
        ],
      },
      {
        fault: 'no token, a bad one, one with too few scopes',
        expected:
          '401 with a challenge that names no error, 401 `invalid_token`, 403 `insufficient_scope` (in the words of the platform)',
        proofs: [
          proof(standard, 'challenges as RFC 6750 section 3 says'),
          proof('test/fronts/forms-and-tokens.test.ts', 'missing, malformed and unknown tokens each say what is wrong'),
        ],
      },
      {
        fault: 'a token in the address or in a form',
        expected: 'refused or, where a platform has it there, kept from the provider',
        proofs: [
          proof(standard, 'is refused twice, and in the address'),
          proof(gateway, 'B2 a token in a form is none'),
          proof('src/gateway/request/token-parameter.test.ts', 'a token in the address reaches no upstream'),
        ],
      },
      {
        fault: '`bearer` in whatever case',
        expected: 'is `Bearer`',
        proofs: [proof(standard, 'is read whatever the case of the scheme')],
      },
    ],
  },
]
