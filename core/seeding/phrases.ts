/** What people say in one language: sentences of a post, short answers, and the hashtags they use, most used first. */
export type Phrases = { says: readonly string[]; answers: readonly string[]; tags: readonly string[] }

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** Languages by how many speak them here, out of 100. */
export const languages: readonly (readonly [language: string, share: number])[] = [
  ['en', 52],
  ['de', 14],
  ['ja', 11],
  ['es', 9],
  ['fr', 8],
  ['pt', 6],
]

export const emojis = ['🙂', '🎉', '🌧️', '☕', '🐦', '❤️', '🤔', '🚲', '🌱', '😅', '📚', '✨']

/** Content warnings, and what else they cover. */
export const warnings = [
  'Politics',
  'Food',
  'Spoilers for the last episode',
  'Mental health',
  'US news',
  'Work rant',
]

export const phrases: Record<string, Phrases> = {
  en: {
    says: lines(`The fog lifted just in time for the morning train.
      Finally finished the scarf I started two winters ago.
      Does anybody know a good introduction to sourdough that is not a video?
      A heron stood in the canal today as if it owned the place.
      I moved the whole thing to a smaller server and nobody noticed.
      Today I learned that moss has no roots.
      The library extended its opening hours, which is the best news of the week.
      Bread came out flat again, but the smell was worth it.
      There is a bug in my code and I think it lives there now.
      Walked along the river until my phone gave up.
      We planted forty saplings behind the school this morning.
      Hot take: maps should be upside down once a year.
      My neighbour plays the cello and I have never been so grateful for thin walls.
      Reading three books at once and finishing none of them.
      The rehearsal went well, the concert is on Friday, come if you are around.
      New pictures from the observatory, the rings were very clear tonight.
      If you fix one thing this month, fix your bicycle lights.
      Somebody left a note in the second-hand book I bought, and it made my day.
      The release is out: https://example.org/releases/notes has the details.
      I wrote down how we do backups, in case it helps anybody: https://example.com/backups
      Rain all day, soup all day.
      It has been a year since I came here, and I still like it.
      What are you listening to while you work?
      The committee met for four hours and decided to meet again.`),
    answers: lines(`That is lovely.
      Same here!
      Do you have a recipe?
      I had no idea, thank you.
      Congratulations!
      Try it with less water.
      This made me laugh.
      Where was that?
      I would read a whole book about this.
      Not sure I agree, but I see the point.
      Can confirm.
      Sending you a hug.`),
    tags: 'introduction birds photography cycling books FOSS linux bread knitting astronomy music trains gardening art climate coffee moss maps accessibility history'.split(
      ' ',
    ),
  },
  de: {
    says: lines(`Heute Morgen lag Nebel über dem Fluss.
      Der Zug war pünktlich, ich war es nicht.
      Endlich ist der Schal fertig, den ich vor zwei Wintern angefangen habe.
      Kennt jemand eine gute Einführung ins Brotbacken?
      Im Garten blühen die ersten Krokusse.
      Die Bücherei hat jetzt auch sonntags offen.
      Ich habe den Server umgezogen und niemand hat es gemerkt.
      Wer hat Lust auf eine Radtour am Wochenende?
      Ein ganzer Tag ohne Besprechung, ein kleines Wunder.
      Größere Überraschung: Der Kuchen ist gelungen.`),
    answers: lines(`Wie schön!
      Geht mir genauso.
      Hast du ein Rezept?
      Danke für den Hinweis.
      Herzlichen Glückwunsch!
      Das kann ich bestätigen.`),
    tags: 'neuhier Fotografie Fahrrad Bahn Garten Bücher Berlin Vögel'.split(' '),
  },
  ja: {
    says: lines(`今朝は川に霧がかかっていました。
      やっと本を読み終わりました。
      週末に自転車で海まで行きました。
      新しいパンのレシピを試しています。
      庭の梅が咲き始めました。
      サーバーを引っ越しました。誰も気づきませんでした。
      電車の窓から富士山が見えました。
      猫が膝の上で寝ています。
      今日は一日中雨でした。`),
    answers: lines(`いいですね！
      おめでとうございます。
      私もです。
      知りませんでした。ありがとう。
      それはすごい。`),
    tags: '写真 読書 猫 料理 自転車 音楽'.split(' '),
  },
  es: {
    says: lines(`Esta mañana había niebla sobre el río.
      Por fin terminé el libro que empecé en verano.
      ¿Alguien conoce una buena receta de pan?
      El tren llegó a tiempo y yo no.
      Hoy plantamos cuarenta árboles detrás de la escuela.
      Llueve todo el día, así que sopa.
      He mudado el servidor y nadie se ha dado cuenta.
      Un día entero sin reuniones.`),
    answers: lines(`¡Qué bonito!
      A mí también me pasa.
      ¿Tienes la receta?
      ¡Enhorabuena!
      No lo sabía, gracias.`),
    tags: 'presentación fotografía libros bicicleta música jardín'.split(' '),
  },
  fr: {
    says: lines(`Ce matin, la brume couvrait la rivière.
      J’ai enfin terminé l’écharpe commencée il y a deux hivers.
      Quelqu’un connaît une bonne recette de pain ?
      Le train était à l’heure, moi non.
      La bibliothèque ouvre désormais le dimanche.
      Il pleut depuis ce matin, donc soupe.
      Une journée entière sans réunion.`),
    answers: lines(`Comme c’est joli !
      Moi aussi.
      Tu as la recette ?
      Félicitations !
      Merci, je ne savais pas.`),
    tags: 'présentation photographie vélo livres musique'.split(' '),
  },
  pt: {
    says: lines(`Hoje de manhã havia neblina sobre o rio.
      Finalmente terminei o livro que comecei no verão.
      Alguém conhece uma boa receita de pão?
      O comboio chegou a horas e eu não.
      Chove o dia todo, por isso sopa.
      Um dia inteiro sem reuniões.`),
    answers: lines(`Que bonito!
      Eu também.
      Tens a receita?
      Parabéns!
      Não sabia, obrigado.`),
    tags: 'apresentação fotografia bicicleta livros música'.split(' '),
  },
}
