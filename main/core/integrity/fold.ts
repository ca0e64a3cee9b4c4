/** Text as a model reads it, whatever it was dressed up in, so that one pattern finds it. */

/** Letters of other scripts that pass for Latin ones: each pair is the letter and what it passes for. */
const LOOK_ALIKES =
  'аa сc еe іi јj оo рp ԛq ѕs ԝw хx уy һh ԁd мm тt нh вb кk гr ɡg ıi ɩi οo αa νv ρp κk ιi τt ' +
  'υu χx εe ηn ωw ᴀa ʙb ᴄc ᴅd ᴇe ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ɴn ɪi ʟl ᴍm ԍg';
const LATIN = new Map(LOOK_ALIKES.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));

export interface Folded {
  readonly text: string;
  /** Where in the original the code unit at `index` of the folded text came from; the original's length at its end. */
  origin(index: number): number;
}

/** Lower case, compatibility forms resolved, marks and invisible characters dropped, look-alikes as Latin letters. */
export function fold(text: string): Folded {
  // Few letters become several, and one of them eighteen.
  let origins = new Uint32Array(text.length + 1);
  const known = new Map<string, string>();
  let folded = '';
  let place = 0;
  for (const letter of text) {
    const plain = letter < '\u0080' ? letter.toLowerCase() : (known.get(letter) ?? foldLetter(letter));
    if (letter >= '\u0080') known.set(letter, plain);
    const end = folded.length + plain.length;
    if (end >= origins.length) {
      const larger = new Uint32Array(end * 2);
      larger.set(origins);
      origins = larger;
    }
    for (let unit = 0; unit < plain.length; unit++) origins[folded.length + unit] = place;
    folded += plain;
    place += letter.length;
  }
  origins[folded.length] = place;
  return { text: folded, origin: (index) => origins[index] ?? place };
}

/** As `fold`, the text alone. */
export function foldText(text: string): string {
  return fold(text).text;
}

function foldLetter(letter: string): string {
  const plain = letter
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}|\p{Co}|\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  return plain.replace(/\P{ASCII}/gu, (each) => LATIN.get(each) ?? each);
}
