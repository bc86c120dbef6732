/** How parents are told (34 CFR 99.34). */
export const noticeMethodOptions = [
  { value: "letter", label: "By letter" },
  { value: "email", label: "By email" },
  { value: "phone", label: "By phone" },
  { value: "person", label: "In person" },
];
