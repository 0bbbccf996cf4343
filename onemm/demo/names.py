"""Who could be who: first names people have, surnames nobody has, workplaces that do not exist."""

from __future__ import annotations

SURNAMES = """
Testerly Sampleton Placeholder Mockford Exampleby Fictonson Dummyworth Pretendle Madeupson Specimen Draftley
Inventley Notrealman Templeton-Test Standinson Makebelieve
""".split()  # noqa: SIM905  a list to be read
WOMEN = """
Abigail Adaeze Aisling Alina Amelia Anjali Anwen Beatriz Bethan Bronwen Carys Chiamaka Chloe Dalia Daniela
Deepa Efua Elin Ellie Emine Esther Fatou Ffion Florence Freya Grace Halima Hana Harriet Hiba Imogen Ines
Isla Jasmine Joy Kamila Keira Kezia Laila Leila Lowri Lucia Maeve Mair Malak Margot Mei Mercy Miriam Nadia
Naomi Nia Nimra Niamh Olena Oluchi Padma Paloma Petra Priya Rania Rhiannon Rosa Ruby Ruth Saba Safiya Sana
Seren Shanice Simran Sofia Tamsin Tanisha Tegan Thandi Uma Violet Wanjiru Xanthe Yara Yasmin Zainab Zofia
""".split()  # noqa: SIM905  a list to be read
MEN = """
Abdi Adrian Aidan Ali Alun Andre Arjun Ashan Bilal Bogdan Bryn Caleb Callum Carlos Cian Daniyar Darius
Dafydd Deniz Dev Dion Dylan Elias Emeka Emrys Ethan Farid Femi Finn Gareth George Gwyn Hamza Haris Hugo
Idris Ifan Ilyas Isaac Ivan Jamal Jerome Joaquin Joel Jonah Kai Karim Kofi Kwame Leon Levi Liban Luca Lukasz
Malik Marlon Mateo Micah Musa Nikhil Noah Obinna Omari Owain Pavel Perry Rafi Ravi Reuben Rhys Rory Ruben
Samir Sean Sunil Tariq Theo Tobi Tomos Umar Victor Wei Yahya Yusuf Zaid
""".split()  # noqa: SIM905  a list to be read

EMPLOYER = "Fictonia Engineering"
OTHER_EMPLOYERS = (
    "Makebelieve Hospital Trust",
    "Placeholder & Partners",
    "Sample Street Studio",
    "Imaginary Bakery Co-op",
    "Standin Logistics",
    "Mockingham Council",
    "Pretend Bank",
    "Example Games",
)

# (what they do, kind of work)
JOBS = (
    ("Nurse", "Health and care"),
    ("Physiotherapist", "Health and care"),
    ("Pharmacist", "Health and care"),
    ("Primary school teacher", "Teaching and childcare"),
    ("Nursery manager", "Teaching and childcare"),
    ("Civil engineer", "Engineering"),
    ("Electrical engineer", "Engineering"),
    ("Site manager", "Building and trades"),
    ("Electrician", "Building and trades"),
    ("Software developer", "Computing and digital"),
    ("Data analyst", "Computing and digital"),
    ("Lab scientist", "Science"),
    ("Solicitor", "Law"),
    ("Accountant", "Money and banking"),
    ("Shop owner", "Running a business"),
    ("Buyer", "Shops and selling"),
    ("Head chef", "Food, hotels and travel"),
    ("Graphic designer", "Art and design"),
    ("Sound engineer", "Music, film and games"),
    ("Game designer", "Music, film and games"),
    ("Reporter", "News and writing"),
    ("Football coach", "Sport and fitness"),
    ("Salon owner", "Hair and beauty"),
    ("Transport planner", "Transport and logistics"),
    ("Ecologist", "Environment and animals"),
    ("Housing officer", "Public services"),
    ("Youth charity manager", "Charity and community"),
)

MOTIVATIONS = (
    "Somebody once gave me an hour a month. I would like to hand it on.",
    "I was the first in my family to work in an office, and nobody told me how any of it goes.",
    "My job has a hundred doors into it, and most young people see two of them.",
    "I like listening, and I remember how long the year after school felt.",
    "At work we talk about opening doors. This is a door.",
    "I changed career at thirty. It helps to hear that plans may change.",
)

GOALS = (
    "Find out which apprenticeships there are, and apply for two.",
    "Feel less nervous when I talk to people I don’t know.",
    "Decide between college and work by the summer.",
    "Write a CV that sounds like me.",
    "See what a normal day in a real job looks like.",
    "Get a part-time job that fits around college.",
    "Learn how to answer questions in an interview.",
    "Make a plan for after my exams.",
)

GUARDIANS = ("Gail", "Gordon", "Grace-Ann", "Graham", "Greta", "Gus")
REFEREES = ("Rita", "Roland", "Rosalind", "Rupert", "Roz", "Ralph", "Rhona", "Reg")

MANCHESTER = (
    "M14",
    "M13",
    "M16",
    "M8",
    "M11",
    "M12",
    "M15",
    "M18",
    "M19",
    "M20",
    "M21",
    "M22",
    "M9",
    "M40",
    "M6",
)
CARDIFF = ("CF3", "CF5", "CF10", "CF11", "CF14", "CF23", "CF24")
