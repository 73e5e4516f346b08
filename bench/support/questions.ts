import { row } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Crowd } from './crowd/gather.ts'

export type Kind = 'timelines' | 'threads' | 'notifications' | 'search'
export type Voice = 'heavy' | 'light' | 'visitor'

/** What somebody asks for. Every path takes a `limit` beside what it has. */
export type Question = { kind: Kind; voice: Voice; path: string }

const one = async (sql: string, values: unknown[] = []): Promise<string> =>
  (await row<{ id: Id | null }>({}, sql, values))?.id ?? '0'

const open = (middle: string): string[] => [
  ...['', 'local=true', 'remote=true', 'only_media=true', 'local=true&only_media=true'].map(
    (narrowing) => `/api/v1/timelines/public?${narrowing}`,
  ),
  `/api/v1/timelines/public?remote=true&only_media=true&max_id=${middle}`,
  `/api/v1/timelines/public?min_id=${middle}`,
  ...[
    '',
    'any[]=books&any[]=coffee',
    'all[]=books',
    'none[]=books',
    'any[]=moss&all[]=books&none[]=coffee',
    'all[]=rare7',
    'local=true',
    'remote=true&only_media=true',
    `max_id=${middle}`,
    `min_id=${middle}`,
  ].map((narrowing) => `/api/v1/timelines/tag/birds?${narrowing}`),
  '/api/v1/timelines/tag/rare7?',
  `/api/v1/timelines/link?url=${encodeURIComponent('https://news.example/0')}`,
]

const exclusions = [
  '',
  'only_media=true',
  'exclude_replies=true',
  'exclude_reblogs=true',
  'exclude_direct=true',
  'exclude_replies=true&exclude_reblogs=true&only_media=true',
  'pinned=true',
  'tagged=birds',
  'tagged=rare7',
]

const ofAccount = (id: Id, middle: string): string[] =>
  [...exclusions, `max_id=${middle}`, `exclude_replies=true&exclude_reblogs=true&min_id=${middle}`].map(
    (exclusion) => `/api/v1/accounts/${id}/statuses?${exclusion}`,
  )

const filters = ['', 'types[]=mention', 'types[]=mention&types[]=follow', 'exclude_types[]=favourite']

async function ownPaths(account: Id, middle: string) {
  const list = await one('SELECT id FROM lists WHERE owner_id = $1 LIMIT 1', [account])
  const about = (more: string) =>
    one(
      `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY id) AS id FROM notifications
       WHERE account_id = $1 AND ${more}`,
      [account],
    )
  const [notification, sender] = [await about('NOT is_filtered'), await about('is_filtered')]
  const from = await one('SELECT from_id AS id FROM notifications WHERE id = $1', [sender])
  const group = await one(
    `SELECT group_key AS id FROM notifications WHERE account_id = $1 AND group_key IS NOT NULL
     GROUP BY group_key ORDER BY count(*) DESC LIMIT 1`,
    [account],
  )
  const request = await one('SELECT id FROM notification_requests WHERE account_id = $1 LIMIT 1', [account])
  const pages = [
    ...filters,
    ...(from === '0' ? [] : [`account_id=${from}`]),
    'include_filtered=true',
    `max_id=${notification}`,
    'min_id=1',
  ]
  return {
    timelines: [
      ...['', `max_id=${middle}`, `min_id=${middle}`].map((at) => `/api/v1/timelines/home?${at}`),
      ...['', `max_id=${middle}`].map((at) => `/api/v1/timelines/list/${list}?${at}`),
      ...['favourites', 'bookmarks'].flatMap((name) => [`/api/v1/${name}?`, `/api/v1/${name}?min_id=1`]),
    ],
    notifications: [
      ...pages.flatMap((page) => [`/api/v1/notifications?${page}`, `/api/v2/notifications?${page}`]),
      '/api/v2/notifications?grouped_types[]=favourite&expand_accounts=partial_avatars',
      ...['v1', 'v2'].map((version) => `/api/${version}/notifications/unread_count?`),
      `/api/v1/notifications/${notification}?`,
      ...(group === '0' ? [] : ['', '/accounts'].map((part) => `/api/v2/notifications/${group}${part}?`)),
      '/api/v1/notifications/requests?',
      ...(request === '0' ? [] : [`/api/v1/notifications/requests/${request}?`]),
      '/api/v1/notifications/requests/merged?',
      '/api/v2/notifications/policy?',
    ],
  }
}

const words =
  `xylophone | middling | bygone | the | bread | nowhere | the bread | middling bygone | the -bread
  | "the morning train" | "bread came out" | -the | #birds | #rare7 the | 読み 電車
  | from:heavy | from:me the | has:media | has:poll the | has:link | has:quote | has:image -has:poll
  | is:reply | is:sensitive | is:reply the | language:de | language:de zug | language:ja has:media
  | in:library | in:library the | in:library middling | in:library xylophone | in:library has:poll | in:library -the
  | in:library bygone | in:public the | in:public bygone`
    .split('|')
    .map((word) => word.trim())

/** Days of which the community has some posts, spelt as operators. */
function days(): string[] {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  return [
    `before:${day(100)}`,
    `after:${day(3)}`,
    `the before:${day(60)}`,
    `bygone after:${day(130)}`,
    `during:${day(40)}`,
  ]
}

const searches = [
  ...[...words, ...days()].map((word) => `type=statuses&q=${encodeURIComponent(word)}`),
  ...['the', 'middling'].map((word) => `type=statuses&offset=40&q=${word}`),
  ...['ada', 'a', 'hea', 'heavy', '@heavy', 'ada lov', 'son'].map((name) => `type=accounts&q=${name}`),
  ...['ada', 'a'].map((name) => `type=accounts&following=true&q=${name}`),
  ...['b', 'birds', 'rare1', '%23rare19999'].map((name) => `type=hashtags&q=${name}`),
  'q=bread',
].map((query) => `/api/v2/search?${query}`)

/** Every question that timelines, threads, notifications and search can be asked, in the voices that may ask it. */
export async function questionsOf({ heavy, light, talker, root }: Crowd): Promise<Question[]> {
  const middle = await one('SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY id) AS id FROM posts')
  // Posts that both members may see.
  const seen = (more: string, first: Id = root) =>
    one(
      `SELECT max(p.id) AS id FROM posts AS p WHERE p.visibility = 'public' AND p.boost_of_id IS NULL AND ${more}
         AND p.author_id NOT IN (SELECT CASE WHEN b.blocker_id = ANY ($2) THEN b.blocked_id ELSE b.blocker_id END
           FROM blocks AS b WHERE b.blocker_id = ANY ($2) OR b.blocked_id = ANY ($2))`,
      [first, [heavy, light]],
    )
  const leaf = await seen('p.thread_id = $1')
  const deep = await seen(
    'p.thread_id = $1 AND EXISTS (SELECT FROM posts AS o WHERE o.id = p.reply_to_id AND o.id > p.id - 70000)',
  )
  const usual = await seen('p.id <= $1 AND p.replies_count > 2', middle)
  const told: Question[] = []
  const tell = (kind: Kind, voice: Voice, paths: string[]) =>
    told.push(...paths.map((path) => ({ kind, voice, path })))
  const shared = [...open(middle), ...[heavy, light, talker].flatMap((id) => ofAccount(id, middle))]
  const threads = [root, leaf, deep, usual].map((id) => `/api/v1/statuses/${id}/context?`)
  for (const voice of ['heavy', 'light', 'visitor'] as const) {
    tell('timelines', voice, shared)
    tell('threads', voice, threads)
    if (voice === 'visitor') continue
    const own = await ownPaths(voice === 'heavy' ? heavy : light, middle)
    tell('timelines', voice, own.timelines)
    tell('notifications', voice, own.notifications)
    tell('search', voice, searches)
  }
  return told
}
