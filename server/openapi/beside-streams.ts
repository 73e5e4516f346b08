import type { Beside } from './beside.ts'

const stream = (path: string, says: string, ...params: string[]): Beside => ({
  method: 'get',
  path: `/api/v1/streaming${path}`,
  tag: 'streaming',
  says,
  params: ['access_token', ...params].map((name) => [name, 'query'] as const),
  answers: 'EventStream',
  type: 'text/event-stream',
  security: [{ OAuth2: ['read'] }, { OAuth2: ['read:statuses'] }],
})

/** What comes as it happens. */
export const streams: Beside[] = [
  {
    ...stream('', 'Opens a WebSocket, with the first stream if one is named.', 'stream', 'tag', 'list'),
    answers: 'WebSocket',
    status: 101,
  },
  {
    method: 'get',
    path: '/api/v1/streaming/health',
    tag: 'streaming',
    says: 'Says whether streams are served.',
    answers: 'PlainText',
    type: 'text/plain',
  },
  stream('/user', 'What enters the home timeline, and notifications.'),
  stream('/user/notification', 'Notifications alone.'),
  stream('/public', 'All public posts.', 'only_media'),
  stream('/public/local', 'Public posts of this server.', 'only_media'),
  stream('/public/remote', 'Public posts of other servers.', 'only_media'),
  stream('/hashtag', 'Public posts with a hashtag.', 'tag'),
  stream('/hashtag/local', 'Public posts of this server with a hashtag.', 'tag'),
  stream('/list', 'Posts of the members of a list.', 'list'),
  stream('/direct', 'Conversations.'),
]
