import { expect, test } from "vitest";
import { readBirthDate } from "@/lib/students/birth-date-words";

test.each([
  ["5/2/2012", "", "2012-05-02"],
  ["05-02-2012 rutherford", "rutherford", "2012-05-02"],
  ["2012-5-2", "", "2012-05-02"],
  ["imani May 2, 2012", "imani", "2012-05-02"],
  ["sept. 30 2011", "", "2011-09-30"],
  ["March 1st 2010", "", "2010-03-01"],
  ["2/29/2012", "", "2012-02-29"],
])("%j", (typed, words, born) => {
  expect(readBirthDate(typed)).toEqual({ words, born });
});

test.each(["2/30/2012", "13/1/2012", "204871", "12-34-5678", "May", "mayor 2 2012", "1/2/20123", "2012-05-02-17", ""])(
  "%j is no date",
  (typed) => {
    expect(readBirthDate(typed)).toEqual({ words: typed, born: null });
  },
);
