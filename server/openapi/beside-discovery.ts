import type { Beside } from './beside.ts'

/** How other programs find accounts and learn about this server. */
export const discovery: Beside[] = [
  {
    method: 'get',
    path: '/.well-known/webfinger',
    tag: 'discovery',
    says: 'Finds an account by its handle or address.',
    params: [['resource', 'query', true]],
    answers: 'WebFinger',
    type: 'application/jrd+json',
  },
  {
    method: 'get',
    path: '/.well-known/nodeinfo',
    tag: 'discovery',
    says: 'Says where NodeInfo is.',
    answers: 'NodeInfo::Discovery',
  },
  {
    method: 'get',
    path: '/nodeinfo/2.0',
    tag: 'discovery',
    says: 'What this server is.',
    answers: 'NodeInfo',
  },
  {
    method: 'get',
    path: '/nodeinfo/2.1',
    tag: 'discovery',
    says: 'What this server is, with its source code.',
    answers: 'NodeInfo',
  },
  {
    method: 'get',
    path: '/.well-known/host-meta',
    tag: 'discovery',
    says: 'Says where WebFinger is.',
    answers: 'HostMeta',
    type: 'application/xrd+xml',
  },
  {
    method: 'get',
    path: '/.well-known/change-password',
    tag: 'discovery',
    says: 'Leads to where a member changes the password.',
    answers: 'Redirect',
    status: 302,
  },
  {
    method: 'get',
    path: '/health',
    tag: 'health',
    says: 'Says whether this process serves.',
    answers: 'Health',
    type: 'text/plain',
  },
]

/** Where the files of media are. */
export const files: Beside[] = [
  {
    method: 'get',
    path: '/media/:id',
    tag: 'media',
    says: 'Leads to the file of an attachment.',
    answers: 'Redirect',
    status: 302,
  },
  {
    method: 'get',
    path: '/media_proxy/:id/original',
    tag: 'media',
    says: 'Leads to the copy of a file of another server.',
    params: [['s', 'query', true]],
    answers: 'Redirect',
    status: 302,
  },
  {
    method: 'get',
    path: '/media_proxy/:id/small',
    tag: 'media',
    says: 'Leads to the preview of a file of another server.',
    params: [['s', 'query', true]],
    answers: 'Redirect',
    status: 302,
  },
]
