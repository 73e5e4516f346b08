/** The limits that the instance entities announce and that are really enforced (INST-18). */
export const limits = Object.freeze({
  post: { characters: 500, media: 4, perUrl: 23, pinned: 5 },
  poll: { options: 4, optionCharacters: 50, minSeconds: 300, maxSeconds: 2_629_746 },
  media: {
    imageBytes: 16_777_216,
    videoBytes: 103_809_024,
    pixels: 33_177_600,
    videoPixels: 8_294_400,
    videoRate: 120,
    description: 10_000,
    avatarBytes: 8_388_608,
  },
  profile: {
    displayName: 40,
    note: 500,
    fields: 4,
    fieldCharacters: 255,
    pictureDescription: 150,
    featuredTags: 10,
    accountNote: 2000,
    attributionDomains: 10,
  },
  username: 30,
  filter: { perUser: 100, title: 256, keyword: 512, keywords: 1000, posts: 1000 },
  list: { perUser: 50, title: 256 },
  announcement: { characters: 5000, reactions: 8 },
  feed: 800,
})
