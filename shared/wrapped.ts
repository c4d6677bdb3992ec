/**
 * What a Map or a Set of the whole process holds for the time of a request: emptied when that is over. V8 leaves the former tables
 * of Maps and Sets behind, each with its contents and the way to the next; one that has grown old would keep the requests that
 * come after it until the whole heap is looked through.
 */
export interface Wrapped<Held> {
  held: Held | null;
}
