/** A file that nobody should be able to add (`text`) or take away (`text` null), and the rule that has to bite. */
export type Plant = { rule: string; path: string; text: string | null; why: string };

/** Breaches of the table of imports, which the linter has to find too. */
export const importPlants: Plant[] = [
  ["app/planted.ts", 'import { withDistrict } from "@/lib/db/tenant";', "a page with a door of its own"],
  ["app/planted.ts", 'import type { DistrictTx } from "@/lib/db/types";', "a page that knows the database's types"],
  ["app/planted.ts", 'import { renderMail } from "@/emails/render-mail";', "a page that writes mails"],
  [
    "components/ui/planted.tsx",
    'import type { CaseRow } from "@/lib/cases/list-cases";',
    "a piece of ui that knows the domain",
  ],
  ["components/cases/planted.tsx", 'import { listCases } from "@/lib/cases/list-cases";', "a view that asks by itself"],
  ["components/cases/planted.tsx", 'import { districtAction } from "@/lib/web/action";', "a view that makes actions"],
  ["components/cases/planted.tsx", 'import { database } from "@/lib/db/client";', "a view with a database"],
  ["lib/cases/planted.ts", 'import { cookies } from "next/headers";', "a domain that knows the framework"],
  ["lib/cases/planted.ts", 'import { useState } from "react";', "a domain that knows the screen"],
  ["lib/cases/planted.ts", 'import nodemailer from "nodemailer";', "a domain that mails"],
  ["lib/cases/planted.ts", 'import { database } from "@/lib/db/client";', "a verb that makes its own transaction"],
  ["lib/cases/planted.ts", 'import { withDistrict } from "@/lib/db/tenant";', "a verb that opens a door"],
  ["lib/cases/planted.ts", 'import { sendCases } from "@/lib/transfers/send-cases";', "cases that know transfers"],
  [
    "lib/requests/planted.ts",
    'import { sendCases } from "@/lib/transfers/send-cases";',
    "record requests that know transfers",
  ],
  [
    "lib/documents/planted.ts",
    'import { requestRecords } from "@/lib/requests/request-records";',
    "documents that know record requests",
  ],
  ["lib/students/planted.ts", 'import { createCase } from "@/lib/cases/create-case";', "students that know cases"],
  [
    "lib/users/planted.ts",
    'import { matchStudents } from "@/lib/students/match-students";',
    "users that know students",
  ],
  ["lib/districts/planted.ts", 'import { signIn } from "@/lib/users/sign-in";', "districts that know users"],
  [
    "lib/transfers/planted.ts",
    'import { sendMail } from "@/lib/mail/transport";',
    "a verb that mails inside a request",
  ],
  ["lib/transfers/planted.ts", 'import { sentenceFor } from "@/lib/web/messages";', "a domain that speaks"],
  ["lib/db/planted.ts", 'import { sendCases } from "@/lib/transfers/send-cases";', "a door that knows the domain"],
  ["lib/jobs/planted.ts", 'import { redirect } from "next/navigation";', "a worker that knows the framework"],
  ["lib/jobs/planted.ts", 'import { renderToString } from "react-dom/server";', "a worker that draws"],
  ["emails/planted.ts", 'import { env } from "@/lib/env";', "a mail that reads settings"],
  ["emails/planted.ts", 'import { withDistrict } from "@/lib/db/tenant";', "a mail with a database"],
].map(([path = "", text = "", why = ""]) => ({ rule: "importsOfRooms", path, text: `${text}\n`, why }));
