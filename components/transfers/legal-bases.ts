/** The legal bases of a transfer, with what each asks for. */
export const legalBases = [
  {
    value: "enrollment",
    label: "Enrollment in the other district",
    hint: "34 CFR 99.31(a)(2). No record request stands behind this transfer, so the parents must be told (99.34).",
  },
  {
    value: "consent",
    label: "Written consent",
    hint: "34 CFR 99.30. The consent is signed and dated, and names the records, the purpose and the district.",
  },
  {
    value: "emergency",
    label: "Health or safety emergency",
    hint: "34 CFR 99.36. Only to those who need to know it to protect the student or others.",
  },
];

/** As a transfer's details name them. */
export const basisNames: Record<string, string> = {
  enrollment: "Enrollment in the other district (34 CFR 99.31(a)(2))",
  consent: "Written consent (34 CFR 99.30)",
  emergency: "Health or safety emergency (34 CFR 99.36)",
};
