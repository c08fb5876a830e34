// Reasons typed beside a score and not saved yet, kept in this tab alone until they are saved or somebody signs
// out. The key is the reader's own random handle of the answer, or the id of a sample: nothing else of it is kept.

const MARK = "kept-reason ";
const key = (handle, criterion) => `${MARK}${handle} ${criterion}`;

export const keep = (handle, criterion, words) => sessionStorage.setItem(key(handle, criterion), words);
export const kept = (handle, criterion) => sessionStorage.getItem(key(handle, criterion));
export const forget = (handle, criterion) => sessionStorage.removeItem(key(handle, criterion));
export const forgetAll = () => Object.keys(sessionStorage)
  .filter((name) => name.startsWith(MARK))
  .forEach((name) => sessionStorage.removeItem(name));
