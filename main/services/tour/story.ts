import type { TourStep } from '../../contract/tour.ts';

/** The server's name in the story. */
export const TOUR_SERVER = 'tour';
/** The file that is there from the start, and the one the client wants to write. */
export const WELCOME_FILE = 'welcome.txt';
export const NOTE_FILE = 'note.txt';
export const NOTE_TEXT = 'Countersigned.\n';

/** What is about to happen, in a sentence each. */
export const TITLES: Readonly<Record<TourStep, string>> = {
  consent: 'Add a real file-system server and agree to exactly what it runs.',
  review: 'Start it, look at its tools, and accept them with the proposed classes.',
  read: 'A client reads a file: reading was accepted, so it runs unasked.',
  'write-denied': 'The client wants to write a file: you are asked. Deny it.',
  'write-approved': 'The client tries again: you are asked again. Allow it.',
  audit: 'Find everything that was asked, decided and answered.',
  verify: 'Prove that the ledger is whole.',
  tamper: 'Change one byte in a copy of the ledger, and see it found.',
};
