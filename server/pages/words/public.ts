import { compact, plural } from '#server/pages/numbers'

/** What the pages that everybody sees say. */
export const publicWords = {
  landing: {
    greeting: (name: string) => `Welcome to ${name}`,
    explain:
      'One server among thousands in the fediverse. Your account here reaches people on all the others: follow them, answer them, share what you love.',
    closed: 'This server is not taking new members at the moment. You can still read along and log in.',
    approval: 'New members are let in by hand, so there is someone at the door.',
    peopleLabel: 'Members',
    postsLabel: 'Posts',
    serversLabel: 'Known servers',
    recent: 'Lately on this server',
    nothingTitle: 'It is quiet here, for now',
    nothing: 'Public posts of the people on this server will appear here.',
    rules: 'House rules',
    contact: 'Kept by',
    apps: 'Use any app you like',
    appsExplain:
      'Kith speaks the language of Mastodon apps: choose one for your phone or desktop, enter this address and you are in.',
    address: 'Server address',
  },

  profile: {
    posts: (count: number) => plural(count, 'post', 'posts'),
    following: (count: number) => `${compact(count)} following`,
    followers: (count: number) => plural(count, 'follower', 'followers'),
    hidden: 'Counts are hidden',
    joined: 'Joined',
    bot: 'Automated',
    locked: 'Approves followers',
    memorial: 'In memory',
    group: 'Group',
    verified: 'This link has been verified',
    postsTab: 'Posts',
    repliesTab: 'Posts and replies',
    mediaTab: 'Media',
    tabs: 'What to show',
    noPosts: 'No public posts yet',
    noPostsText: (name: string) => `When ${name} posts something for everyone, it will be here.`,
    noMedia: 'No pictures or videos yet',
    endOfPosts: 'That is all there is.',
    movedTo: 'has moved to',
    followFrom: 'Follow from your own server',
    followExplain: 'Search for this handle in your app:',
    pinned: 'Pinned',
    description: (name: string, handle: string) => `${name} (${handle}) on the fediverse`,
    fields: 'More about this account',
  },

  post: {
    by: (name: string, handle: string) => `Post by ${name} (${handle})`,
    title: (name: string, excerpt: string) => (excerpt ? `${name}: “${excerpt}”` : `A post by ${name}`),
    boosted: 'boosted',
    warning: 'Content warning',
    replyTo: 'In reply to',
    show: 'Show',
    sensitive: 'Sensitive media',
    edited: 'edited',
    replies: (count: number) => plural(count, 'reply', 'replies'),
    boosts: (count: number) => plural(count, 'boost', 'boosts'),
    favourites: (count: number) => plural(count, 'favourite', 'favourites'),
    quotes: (count: number) => plural(count, 'quote', 'quotes'),
    thread: 'Thread',
    gap: 'Earlier posts of this conversation are not here.',
    gapLink: 'See where it goes on',
    repliesTitle: 'Replies',
    noReplies: 'No replies yet.',
    more: 'More of this thread is on the server it comes from.',
    alt: 'ALT',
    noAlt: 'No description',
    media: (count: number) => plural(count, 'attachment', 'attachments'),
    openImage: 'Open the full picture',
    unknownMedia: 'Open the attached file',
    quoted: 'Quoted post',
    quoteGone: 'The quoted post is not available.',
    visibility: { public: 'Public', unlisted: 'Unlisted', private: 'Followers only', direct: 'Direct' },
    answer: 'To answer, search for this address in your app:',
  },

  poll: {
    voters: (count: number) => plural(count, 'person', 'people'),
    votes: (count: number) => plural(count, 'vote', 'votes'),
    closed: 'closed',
    until: 'open until',
    open: 'open',
    result: (percent: number, votes: number) => `${percent} %, ${plural(votes, 'vote', 'votes')}`,
    several: 'several answers possible',
  },

  elsewhere: {
    title: (handle: string) => `${handle} lives elsewhere`,
    text: (domain: string) => `This is on ${domain}, another server of the fediverse. Its page is there.`,
    go: (domain: string) => `Go to ${domain}`,
  },

  collection: {
    by: (name: string) => `A collection by ${name}`,
    noneTitle: 'Nobody here yet',
    none: 'Nobody has been put into this collection so far.',
  },

  tag: {
    description: (name: string) => `Public posts tagged #${name}`,
    noneTitle: 'Nothing here yet',
    none: (name: string) => `No public posts with #${name} have reached this server so far.`,
  },

  aboutPage: {
    title: (name: string) => `About ${name}`,
    rules: 'House rules',
    noRules: 'The people who look after this server have not written down rules yet. Be kind.',
    contact: 'Contact',
    contactAccount: 'Kept by',
    numbers: 'In numbers',
    software: 'Software',
    softwareText: 'This server runs Kith, free software for friendly places on the fediverse, in version',
    source: 'Source code',
  },

  termsPage: { title: 'Terms of service', since: 'They hold from' },
  privacyPage: { title: 'Privacy', updated: 'Last changed' },

  errors: {
    401: { title: 'Please log in first', text: 'This page is for people with an account here.' },
    403: {
      title: 'This is not for you to open',
      text: 'You do not have access to this page, or the form was open for too long. Go back, reload and try again.',
    },
    404: {
      title: 'Nothing to be found here',
      text: 'The address may have a typing error, or what was here is not public.',
    },
    410: { title: 'This is gone', text: 'It was here once and has been removed by its owner.' },
    422: {
      title: 'That did not go through',
      text: 'Something in the request was not as it should be. Go back, reload and try again.',
    },
    429: {
      title: 'A little slower, please',
      text: 'There were too many requests from you in a short time. Wait a few minutes and try again.',
    },
    500: {
      title: 'Something broke on our side',
      text: 'It is not your fault. It has been noted; please try again in a moment.',
    },
    503: {
      title: 'Back in a moment',
      text: 'This server is being looked after just now. Please try again shortly.',
    },
    home: 'To the front page',
    requestId: 'If you ask for help, mention',
  },
} as const
