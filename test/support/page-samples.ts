import { raw } from '#server/pages/html'
import type { Site } from '#server/pages/layout'
import type { MediaView } from '#server/pages/parts/media'
import type { PostView } from '#server/pages/parts/post'
import { aboutPage } from '#server/pages/views/about'
import { appsPage } from '#server/pages/views/apps'
import { checkMailPage } from '#server/pages/views/check-mail'
import { codePage } from '#server/pages/views/code'
import { confirmationPage } from '#server/pages/views/confirmation'
import { consentPage } from '#server/pages/views/consent'
import { moreSamples } from './more-page-samples.ts'
import { errorPage } from '#server/pages/views/error'
import { goOnPage } from '#server/pages/views/go-on'
import { followPage, foundPostPage } from '#server/pages/views/interaction'
import { landingPage } from '#server/pages/views/landing'
import { logInCodePage, logInPage } from '#server/pages/views/log-in'
import * as password from '#server/pages/views/password'
import { movePage } from '#server/pages/views/move'
import { postPage } from '#server/pages/views/post'
import { privacyPage } from '#server/pages/views/privacy'
import { profilePage, type ProfileView } from '#server/pages/views/profile'
import { sessionsPage } from '#server/pages/views/sessions'
import { settingsPage } from '#server/pages/views/settings'
import { signUpClosedPage, signUpPage } from '#server/pages/views/sign-up'
import { tagPage } from '#server/pages/views/tag'

/** Text that would run script wherever it were put in unescaped. */
export const hostile = `"><img src=x onerror=alert(1)>'</title></textarea><script>alert(1)</script>`

/** What somebody sees who is not logged in. */
export const visitorSite: Site = {
  name: 'Harbour',
  origin: 'https://harbour.example',
  domain: 'harbour.example',
  version: '0.1.0',
  signUps: 'open',
  viewer: null,
  csrfToken: 'a-token',
}

/** The same server for somebody who is. */
export const memberSite: Site = {
  ...visitorSite,
  viewer: { handle: '@bea@harbour.example', username: 'bea' },
}

const when = '2026-03-14T09:12:00.000Z'

/** A post with every part, in which each plain text is `text`. */
export function samplePost(id: string, text: string): PostView {
  const author = { displayName: text, handle: '@bea', url: '/@bea', avatarUrl: '/a.png', emojis: [] }
  const medium = (kind: MediaView['kind']) => ({
    kind,
    url: '/m',
    previewUrl: '/p',
    alt: text,
    width: 4,
    height: 3,
  })
  const card = {
    url: 'https://page.example/',
    title: text,
    description: text,
    provider: text,
    imageUrl: '/c',
    imageAlt: text,
  }
  return {
    id,
    url: `/@bea/${id}`,
    author,
    html: '<p>First swim of the <strong>year</strong></p>',
    spoiler: text,
    sensitive: true,
    language: 'en',
    media: (['image', 'gif', 'video', 'audio', 'file'] as const).map(medium),
    poll: {
      options: [
        { title: text, votes: 3 },
        { title: 'no', votes: 1 },
      ],
      votes: 4,
      voters: 4,
      closesAt: when,
      closed: false,
      multiple: true,
    },
    card,
    quote: null,
    emojis: [],
    publishedAt: when,
    editedAt: when,
    visibility: 'public',
    counts: { replies: 1, boosts: 2, favourites: 3 },
    replyTo: { handle: text, url: '/@tom/1' },
    boostedBy: author,
    pinned: false,
  }
}

/** A profile with every part, in which each plain text is `text`. */
export const sampleProfile = (text: string): ProfileView => ({
  username: 'bea',
  displayName: text,
  handle: '@bea@harbour.example',
  avatarUrl: '/a.png',
  headerUrl: '/h.png',
  note: '<p>Cold water</p>',
  fields: [{ name: text, value: '<a href="https://bea.example/">bea.example</a>', verified: true }],
  emojis: [],
  isBot: true,
  isLocked: true,
  isGroup: true,
  isMemorial: true,
  movedTo: { handle: text, url: 'https://new.example/@bea' },
  createdAt: when,
  counts: { posts: 1, followers: 2, following: 3 },
  tab: 'posts',
  posts: [samplePost('1', text), { ...samplePost('2', text), quote: samplePost('3', text) }],
  pager: { newer: '/@bea?min_id=1', older: '/@bea?max_id=1' },
  activityId: 'https://harbour.example/ap/users/1',
  noindex: false,
})

function accountPages(text: string): Record<string, string> {
  const values = { username: text, email: text, reason: text, identifier: text, code: text }
  const wrong = (...names: string[]) => Object.fromEntries([...names, 'form'].map((name) => [name, text]))
  const app = {
    id: '1',
    name: text,
    website: 'https://app.example/',
    scopes: ['read', 'write:media', text],
    createdAt: when,
    lastUsedAt: null,
  }
  const session = {
    id: '1',
    userAgent: text,
    place: text,
    createdAt: when,
    lastUsedAt: when,
    isCurrent: false,
  }
  const rules = [{ text, hint: text }]
  return {
    'sign up': signUpPage(visitorSite, {
      invite: null,
      values,
      errors: wrong('username', 'email', 'password', 'birthDate', 'reason', 'agreement'),
      minimumAge: 16,
      asksReason: true,
      rules,
      maxUsernameLength: 30,
    }),
    'sign up, closed': signUpClosedPage({ ...visitorSite, signUps: 'closed' }),
    'check your mail': checkMailPage(visitorSite, { email: text, sentAgain: true }),
    confirm: confirmationPage(visitorSite, { state: 'ask', email: text, token: text }),
    confirmed: confirmationPage(visitorSite, {
      state: 'done',
      app: { name: text, url: 'https://app.example/' },
    }),
    'confirmation failed': confirmationPage(visitorSite, { state: 'failed' }),
    'log in': logInPage(visitorSite, {
      values,
      errors: wrong('identifier', 'password'),
      next: text,
      app: text,
      notice: text,
    }),
    'log in with a code': logInCodePage(visitorSite, {
      values,
      errors: wrong('code'),
      next: text,
      action: '/log-in/code',
    }),
    'forgot password': password.forgotPasswordPage(visitorSite, { values, errors: wrong('email') }),
    'reset sent': password.resetSentPage(visitorSite),
    'reset password': password.resetPasswordPage(visitorSite, { token: text, errors: wrong('password') }),
    'change password': password.changePasswordPage(memberSite, {
      errors: wrong('currentPassword', 'password'),
      notice: text,
    }),
    consent: consentPage(memberSite, {
      app,
      scopes: app.scopes,
      redirectHost: text,
      hidden: { state: text },
    }),
    'go on': goOnPage(memberSite, { app: text, action: 'https://app.example/', fields: { state: text } }),
    'out-of-band code': codePage(memberSite, { app: text, code: text }),
    follow: followPage(memberSite, {
      id: '1',
      author: samplePost('1', text).author,
      note: '<p>Hi</p>',
      state: 'none',
    }),
    followed: followPage(memberSite, {
      id: '1',
      author: samplePost('1', text).author,
      note: '',
      state: 'pending',
    }),
    'post from elsewhere': foundPostPage(memberSite, samplePost('1', text)),
    settings: settingsPage(memberSite, {
      displayName: text,
      handle: text,
      avatarUrl: null,
      profilePath: '/@bea',
      email: text,
      createdAt: when,
      sessions: 1,
      apps: 1,
      notice: text,
    }),
    move: movePage(memberSite, {
      aliases: [{ uri: text, handle: null }],
      movedTo: null,
      notice: text,
      values: { alias: text, target: text },
      errors: { ...wrong('alias', 'target', 'password'), form: text },
    }),
    moved: movePage(memberSite, { aliases: [], movedTo: text }),
    sessions: sessionsPage(memberSite, {
      sessions: [session, { ...session, id: '2', isCurrent: true }],
      notice: text,
    }),
    apps: appsPage(memberSite, { apps: [app], isShown: true, notice: text }),
    'no apps': appsPage(memberSite, { apps: [], isShown: false }),
  }
}

function publicPages(text: string): Record<string, string> {
  const [post, profile] = [samplePost('1', text), sampleProfile(text)]
  const rules = [{ text, hint: text }]
  const contact = { account: { displayName: text, handle: text, url: '/@bea', avatarUrl: null }, email: text }
  const counts = { people: 1, posts: 2, servers: 3 }
  return {
    landing: landingPage(visitorSite, {
      summary: text,
      thumbnailUrl: '/t.png',
      counts,
      posts: [post],
      rules,
      contact,
    }),
    'empty landing': landingPage(
      { ...memberSite, name: text },
      {
        summary: '',
        thumbnailUrl: null,
        counts,
        posts: [],
        rules: [],
        contact: { account: null, email: null },
      },
    ),
    about: aboutPage(visitorSite, {
      summary: text,
      description: raw('<p>Us</p>'),
      rules,
      contact,
      counts,
      sourceUrl: 'https://source.example/',
    }),
    privacy: privacyPage(visitorSite, { text: raw('<p>Little</p>'), updatedAt: when }),
    profile: profilePage(visitorSite, profile),
    'profile for a member': profilePage(
      { ...memberSite, viewer: { username: 'tom', handle: text } },
      profile,
    ),
    'empty profile': profilePage(visitorSite, {
      ...profile,
      posts: [],
      pager: { newer: null, older: null },
      tab: 'media',
    }),
    post: postPage(visitorSite, {
      post,
      ancestors: [samplePost('2', text)],
      goesOnAt: 'https://harbour.example/1',
      replies: [{ post: samplePost('3', text), depth: 9 }],
      activityId: 'https://harbour.example/ap/posts/1',
      noindex: true,
    }),
    tag: tagPage(visitorSite, { name: text, posts: [post], pager: profile.pager }),
    ...Object.fromEntries(
      [401, 403, 404, 410, 418, 422, 429, 500, 503].map((status) => [
        `error ${status}`,
        errorPage(visitorSite, { status, requestId: text }),
      ]),
    ),
  }
}

/** Every page of Kith with every part it can have, in which each plain text is `text`. */
export const samplePages = (text: string): Record<string, string> => ({
  ...accountPages(text),
  ...publicPages(text),
  ...moreSamples(visitorSite, text),
})
