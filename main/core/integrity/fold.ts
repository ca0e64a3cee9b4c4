/** Text as a model reads it, whatever it was dressed up in, so that one pattern finds it. */

/** Letters of other scripts that pass for Latin ones: each pair is the letter and what it passes for. */
const LOOK_ALIKES =
  'аa сc еe іi јj оo рp ԛq ѕs ԝw хx уy һh ԁd мm тt нh вb кk гr ɡg ıi ɩi οo αa νv ρp κk ιi τt ' +
  'υu χx εe ηn ωw ᴀa ʙb ᴄc ᴅd ᴇe ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ɴn ɪi ʟl ᴍm ԍg';
const LATIN = new Map(LOOK_ALIKES.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));

/** Lower case, compatibility forms resolved, marks and invisible characters dropped, look-alikes as Latin letters. */
export function foldText(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}|\p{Co}|\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  return plain.replace(/\P{ASCII}/gu, (letter) => LATIN.get(letter) ?? letter);
}
