/** Made-up people: given names, family names, and what they call themselves. */
export const given =
  'Ada Aiko Amara Anouk Astrid Beatriz Bilal Björn Carmen Chidi Chiara Dilan Elif Emeka Fatima Finn Freya Greta Hana Hugo Ines Ingrid Isla Iván Jan João Jonas Jun Kaito Karim Khadija Lars Leila Lena Leo Lucía Malik Marta Mateo Mei Mila Nadia Nia Noah Olga Omar Paloma Pia Priya Quentin Rafa Ravi Rosa Sami Sana Sofia Tariq Tomás Uma Wren Yara Yuki Zoë'.split(
    ' ',
  )

export const family =
  'Abara Almeida Andersson Bakker Bauer Benali Castillo Chen Costa Demir Diallo Dubois Eriksen Ferrari Fischer García Haddad Hoffmann Ito Ivanova Jansen Kaya Kimura Kowalski Laurent Lindqvist Lopes Martin Mbeki Meyer Moreau Nakamura Novák Okafor Olsen Park Patel Pereira Petrov Rahman Ramos Rossi Sato Schmidt Silva Singh Tanaka Torres Weber Yılmaz'.split(
    ' ',
  )

export const nouns =
  'badger birch cloud comet cricket daisy ember fern finch fox harbour hazel heron iris juniper kelp kettle kite lantern lark linen lynx maple marble meadow mint moss moth nettle ninja oak orbit otter owl paper pebble pickle pixel plum poppy quill raven reed river robin rust sable sage salt sparrow spruce tea thistle thyme tide tram velvet walnut willow wren yarn'.split(
    ' ',
  )

export const trades = [
  'Librarian',
  'Nurse on night shifts',
  'Retired tram driver',
  'Web developer',
  'Botanist',
  'Teacher',
  'Illustrator',
  'Bicycle mechanic',
  'Sound engineer',
  'Baker',
  'Doctoral student of linguistics',
  'Train enthusiast',
  'System administrator',
  'Amateur astronomer',
  'Gardener',
  'Translator',
  'Ceramicist',
  'Data journalist',
]

export const leanings = [
  'Mostly birds.',
  'Opinions are my own, sadly.',
  'Here for the recipes.',
  'Posts about maps, moss and music.',
  'Slow reader, fast cyclist.',
  'Two cats, one allergy.',
  'Ask me about tea.',
  'I boost more than I write.',
  'Photos of doors.',
  'Learning Portuguese in public.',
  'Free software, free trains.',
  'Knitting my way through the news.',
]

/** A name as a user name may be: ASCII letters, digits and underscores. */
export const plain = (name: string): string =>
  name.replace(/ı/g, 'i').normalize('NFD').replace(/\W/g, '').toLowerCase()
