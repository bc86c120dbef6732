import type { Random } from "./random";

export type Name = { given: string; family: string };

// Given and family names that go together; the weight is how often the group is drawn.
const groups: readonly { weight: number; given: string; family: string }[] = [
  {
    weight: 30,
    given:
      "Emma Liam Olivia Noah Ava Ethan Sophia Mason Isabella Logan Mia Lucas Harper Jackson Evelyn Aiden Abigail Caleb Ella Owen Grace Wyatt Chloe Henry Lily Samuel Nora Levi Hazel Julian Ruby Isaac Clara Theo Violet Eli Stella Hudson Piper Silas",
    family:
      "Anderson Baker Bennett Brooks Campbell Carter Collins Cooper Davis Edwards Fletcher Foster Graham Hayes Hughes Jenkins Keller Lambert Mitchell Morgan Nelson Parker Porter Reed Sawyer Sullivan Thompson Turner Walsh Whitfield",
  },
  {
    weight: 24,
    given:
      "Mateo Sofía Santiago Valentina Diego Camila Alejandro Lucía José Ximena Ángel Renata Andrés Daniela Joaquín Marisol Rafael Paloma Iván Esperanza",
    family:
      "García Hernández Martínez López González Pérez Rodríguez Sánchez Ramírez Torres Flores Rivera Gutiérrez Ortiz Núñez Ibáñez Muñoz Castellanos De-la-Cruz Aldana",
  },
  {
    weight: 14,
    given:
      "Jaylen Amara Malik Imani Darius Nia Isaiah Zoe Elijah Aaliyah Xavier Kiara Desmond Tiana Andre Simone Marcus Brielle Terrence Janae",
    family:
      "Washington Jefferson Banks Coleman Freeman Gaines Hampton Jackson Mosley Robinson Simmons Tillman Vaughn Whitaker Booker Franklin",
  },
  {
    weight: 4,
    given: "Chidi Adaeze Tunde Ngozi Kofi Abena Olumide Ifeoma Kwame Zainab",
    family: "Okafor Adeyemi Mensah Eze Balogun Owusu Nwosu Diallo Boateng Asante",
  },
  {
    weight: 3,
    given: "Hodan Abdi Fatuma Yusuf Selam Dawit Hamdi Bereket",
    family: "Warsame Abdullahi Tesfaye Gebremariam Hassan Farah Haile Osman",
  },
  {
    weight: 5,
    given: "Minh Linh Duc Thao Khanh My Quang Trang Bảo Hương",
    family: "Nguyễn Trần Lê Phạm Huỳnh Vũ Đặng Bùi Đỗ Ngô",
  },
  {
    weight: 4,
    given: "Jun Mei Wei Lin Minseo Jisoo Haruto Rin Yuna Kai",
    family: "Chen Wang Zhang Liu Kim Park Cho Nakagawa Tanaka Sato",
  },
  {
    weight: 5,
    given: "Aarav Priya Rohan Ananya Arjun Diya Vikram Meera Simran Harpreet",
    family: "Patel Sharma Singh Reddy Gupta Iyer Nair Chaudhary Gill Raman",
  },
  {
    weight: 3,
    given: "Omar Layla Amir Noor Karim Yasmin Hadi Salma Darya Cyrus",
    family: "Haddad Al-Khatib Mansour Nasser Rahimi Karimi Saleh Aziz El-Amin Farouk",
  },
  {
    weight: 3,
    given: "Siobhán Declan Niamh Conor Ciarán Maeve Fiona Eoin",
    family: "O'Brien O'Connor O'Sullivan McCarthy MacDonald D'Arcy Fitzgerald O'Neill",
  },
  {
    weight: 3,
    given: "Zofia Jakub Anastasia Dmytro Mila Pavel Oksana Łukasz",
    family: "Kowalczyk Nowak Shevchenko Petrov Wójcik Horvat Dvořák Bondarenko",
  },
  {
    weight: 2,
    given: "Søren Astrid Jürgen Élodie François Björn Zoë Anaïs",
    family: "Lindqvist Müller Eriksson Bélanger Jørgensen Lefèvre Schröder Dubois",
  },
  {
    weight: 2,
    given: "Keola Leilani Sina Tavita Nalani Makoa Alofa Kaimana",
    family: "Kealoha Tuilagi Faleolo Kahananui Mahoe Leota Nāone Palakiko",
  },
  {
    weight: 2,
    given: "Takoda Aiyana Chayton Winona Nizhoni Elan",
    family: "Begay Yazzie Tsosie Whitehorse Redcloud Bearshield",
  },
  { weight: 1, given: "ليلى يوسف مريم عمر", family: "الخطيب حداد منصور صالح" },
  { weight: 1, given: "נועם תמר יונתן שירה", family: "לוי כהן פרידמן ברק" },
];
const total = groups.reduce((sum, group) => sum + group.weight, 0);

const doubleFamilies = [
  "Smith-Reyes",
  "Mbeki-Torres",
  "Eriksson-Bell",
  "Lee-Johnson",
  "Nguyen-Carter",
  "García-Walsh",
  "St. Clair",
  "Van der Berg",
  "De la Rosa",
  "Abdul-Rahman",
];

/** A made-up person: given and family name that could belong together. */
export function makeName(random: Random): Name {
  let at = random.next() * total;
  const group = groups.find((one) => {
    at -= one.weight;
    return at < 0;
  });
  if (!group) throw new Error("the weights don't add up");
  const given = random.pick(group.given.split(" "));
  const family = random.chance(0.03) ? random.pick(doubleFamilies) : random.pick(group.family.split(" "));
  // A family name of several words stands joined by hyphens in the list above.
  return { given, family: family === "De-la-Cruz" ? "De la Cruz" : family };
}
