"""Two corpora: contact details in every disguise we know, and what mentors and young people really write."""

import pytest

from mentoring.rules import is_empty, why_hold

DISGUISED = """
my number is 07700 900123
07700900123
call me on 0 7 7 0 0 9 0 0 1 2 3
+44 7700 900 123
0044 7700 900123
oh seven seven double oh nine double oh one two three
zero seven seven zero zero nine zero zero one two three
its O77OO 9OOl23
0.7.7.0.0.9.0.0.1.2.3
07-700-900-123 if you need me
０７７００９００１２３
ring me on oh seven then double seven then oh nine oh oh
0seven7zero0nine00123
07 seven 00 nine 00 one two three
Brilliant. Ring me if you get stuck, it’s 07…
text me 07xxx then 900123
٠٧٧٠٠٩٠٠١٢٣
0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣
07(700)900(123)
my digits are zero 7 seven 0 0 9 double zero 1 2 3
can i have your number?
whats ur number
lets swap numbers, send me your number
amara.okafor@gmail.com
amara dot okafor at gmail dot com
amara (at) bridgeworks (dot) co (dot) uk
kayden [at] hotmail [dot] com
a m a r a @ g m a i l . c o m
email me at home, its my name and then bridgeworks dot com
my email is kayden2009 and its gmail
kayden2009 at icloud
аmara@gmаil.com
k​ayden@gm​ail.com
gee mail, kayden w
find me on snap its kayden_09
add me on sn4pchat kaydenw
my insta is kayden.w
1nsta: kaydenw09
i'm kayden09 on snapchat
s n a p kaydenw_99
follow me on tiktok @kaydenbuilds
@kayden_builds
whatsapp me
can we talk on whatsapp instead
do you have insta?
u got snap?
message me on discord, kayden#4411
dm me
hmu on the ghost app
👻 kaydenw
look me up on facebook, same name
whats your linkedin so I can add you on linkedin
can we chat somewhere else not on here
let's carry on off the app
www.mysite.com/kayden
https://example.org/meet
hxxp://bit.ly/3abc
join discord.gg/abc123
go to kaydens-page dot com
zoom.us/j/123456789
t.me/amarabridges
come round to my house after
I live at number 12
meet me at 14 Platt Lane
my postcode is M14 5SX
I can pick you up after college
just the two of us, in private
k a y d e n w at yahoo dot com
seven seven double oh nine double oh one two three, put a nought and a 7 first
0 double 7 00 900 one 2 3
my gamertag is bridgeKid22
my user name is kaydenw on there
ask for me under kaydenw09 on insta
send ur digits
oh double seven three one, then 882 41 double 3
o.seven.seven.double.o.nine
zero 7 9 4 6 zero 9 5 8 seven one
my no. is 07911 123456
phone: (0161) 496 0123
0161 496 0123
o seven nine one one one two three four five six
number: sero siete siete cero
07 9 1 1 then 12 34 56
kayden_w2009 @ outlook com
kayden.w at outlook dot com
reach me at jsmith at protonmail
drop me a line: amara AT bridge DASH works DOT org
amara[@]bridge[.]org
check out instagram.com/kayden
insta = kaydenbuilds
ig: kayden.builds
my tiktok is kaydenbuilds
tiktok @kayden.w
im on tele as kaydenw
i'm kaydenw everywhere
wats ur snap
snap me
gimme ur insta
can u facetime me later
lets text instead
txt me
lets move to whatsapp
i made us a discord server come join
steam: kaydenw44
roblox user kaydenw
my @ is kaydenw
find me: k4yd3n_w
it's the same as my name on facebook
fb messenger is easier for me
is it ok if we use signal instead of this
come over to mine on saturday
ill be at flat 4 Maine Court
meet me behind the arndale at 9pm dont tell ur mum
you can stay at my place
let me drive you home
whats your address
which school gate do you come out of
postcode m14 5sx
45 Wilmslow Road
let's meet just you and me
one two three four five six seven eight nine zero
07seven00nine00123
my mob 0770 0900 123
""".strip().splitlines()

RISKY = """
i want to kill myself
i dont want to be here anymore
my stepdad hits me
dont tell anyone about this
it can be our little secret
send me a pic of you
im scared to go home
delete this message after
can you lend me £50
he touched me
""".strip().splitlines()

ORDINARY = """
Found the bridge video I mentioned. Have a look before Tuesday and tell me what you’d have done differently.
ok watched it. id have closed the road at night?? also interview is 3 dec!!
Hi Kayden, lovely to meet you on Tuesday.
See you on Tuesday 24 November at 6pm.
Can we move it to 6:30pm on 24/11/2026 instead?
sorry im gonna be 10 mins late
thanks for today it really helped
Well done on sending both applications.
I got an interview at Siemens on 3 December 2026 at 10am
How did your mock exam go?
it was ok i got 68% which is better than last time
That is 12 points more than in September. Be proud of that.
What would you like to talk about next time?
can we do interview questions again
Yes. Bring three examples of when you solved a problem.
i dont know what to say when they ask about weaknesses
Most people feel that way. Let’s practise it on Tuesday.
My first job paid £14,500 a year and I loved it.
the apprenticeship is £18,750 for the first year then £22,000
It is a level 3 course, 2 years, 4 days at work and 1 day at college.
What are the entry grades?
you need five GCSEs at grade 4 or above including maths and english
I can help you with the personal statement: 4,000 characters, 47 lines.
my personal statement is 3,985 characters now
Cut the first sentence. Start with the bridge.
lol ok
Have a look at the UCAS website when you have time.
the deadline is 29 January 2027 at 6pm
Shall we meet at the Central Library, near the front desk?
Is the library ok for you or would you rather meet online?
online is better this week i have football
Good luck with the match on Saturday.
we won 3-1
we lost 2-1 but i scored
My daughter plays too. She is in goal.
What do you do all day in your job?
I check drawings, visit sites and talk to a lot of people.
do you need to be good at maths
You need to be patient with it. Good comes later.
I failed maths the first time and took it again at 19.
that makes me feel better tbh
Who else could you ask for a reference?
maybe my form tutor Mr Hughes
A tutor is a great choice. Ask before the holidays.
i sent the email to the college like you said
Did they reply?
not yet its been 4 days
Give it a week, then a short reminder is fine.
I made a LinkedIn profile like we talked about
Good. Add your Saturday job and the bridge project.
i saw a tiktok about interviews it was actually useful
What did it say?
it said ask them a question at the end
That is right. Have two ready.
what should i wear
Smart and comfortable. Clean shoes. No need for a suit.
I can’t do Tuesday, could we do Thursday 26th between 5 and 7?
thursday works
Great, I have moved the meeting on the site.
I read your CV. It is clear and it sounds like you.
Page 2 has two spelling mistakes: recieve and seperate.
fixed it
The numbers in your project were impressive: 120 people, 14 weeks, 3 prizes.
In 2019, 2020 and 2021 I worked on the tram line.
the bus takes 45 minutes and costs £2
Room 204 on the second floor, says my ticket.
Let’s write down 3 goals and 4 steps for each.
done step 1 and 2
step 3 is hard
What makes it hard?
i dont like phoning people
Nobody does at first. Write the first sentence down before you call them.
I rang the company and they said call back on monday
That took courage. Well done.
how long did your apprenticeship take
Four years, from 1998 to 2002.
thats ages ago haha
Careful, I am not that old.
My manager said young people can come and see the site in March.
can my tutor come too
Of course, I will ask our team to arrange it.
Did you eat before the exam?
i had toast
Sleep matters more than one more hour of revision.
ok i will stop at 10
How are things at college otherwise?
busy but good, three essays due on the 14th
Which one is worth most?
the 2,500 word one its 40% of the unit
Start with that one then.
I’m free most evenings except Wednesday.
same but not thursdays
Tuesday it is.
thank you for believing in me
You did the work. I only asked questions.
What does a quantity surveyor do?
They work out what a building will cost. I can introduce you to one at a meeting.
is uni worth it
It depends on what you want to do. Let’s make a list of both.
my mum says hi
Say hello back from me.
merry christmas!! see you in january
Happy new year, Kayden. Ready for interview season?
I got it!!! I got the apprenticeship
That is wonderful news. Tell me everything on Tuesday.
do you think 9 out of 10 is too confident
Confident is fine if you can give an example.
My friend is on the same course and finds statistics hard too
I will be at the careers fair at 11, stand 46.
The train was cancelled so I walked 2.5 miles in the rain.
We have met 5 times now and that is 5 hours and 15 minutes.
Remember to add me to the list of people coming on the day
Did you text your teacher back?
I'll send you the notes through the site before we meet
Call the apprenticeship helpline, the number is on the school noticeboard
My email to them bounced so I wrote a letter
is it ok to email an employer at night
You can write: "Dear Ms Khan, I am applying for the role of trainee."
The word count is 650 to 800
I'm at work until 5, then free
ok cool ill be there
Tell me about a time you worked in a team
we made an app in computing, it tracks buses
The interview is on Zoom, what do i click
Test your camera the day before and sit near a window
It's okay to be nervous, your heart rate will go to 110 and then settle
I'm proud of you. Really.
whats ur favourite bridge
Clifton, opened in 1864. And yours?
the one in wales idk the name
In 2008 I lost my job and had to begin again
my nan is ill so i might miss next week
I'm sorry to hear that. Family first. We can move it.
Ask your tutor for the open day dates: 5, 12 and 19 December
i need 112 ucas points and i have 96 predicted
Let's look at courses that ask for 96 to 104 then
Did the STAR method help in the mock?
yeah i used it for the group question
You did it: 3 out of 3 goals
can we meet at the library in town at 5
Let's meet at the college reception, they are happy to give us a room
My line manager looked at your drawing and liked it
can i show you my portfolio its 20 slides
Please bring it on Tuesday
i'm going to be the first in my family to go
I was too. It felt strange and good.
it costs 9250 a year tho
That is a loan you only pay back when you earn more than £25,000
whats a cover letter
Who wrote the job advert and what do they want?
The role needs a CSCS card, which has a test of 50 questions
I got 47 out of 50
Wow. When do you start?
8am on the 4th
I killed it in the interview
the traffic was terrible sorry
i dont want to be late so i will leave at 5
Your last message made me smile
have you got any tips for the group task
Speak second, not first. Then build on what they said.
Kiss goodbye to your weekends in exam season
""".strip().splitlines()


def test_it_holds_disguised_contact_details() -> None:
    missed = [words for words in DISGUISED if not why_hold(words)]
    assert len(DISGUISED) >= 60
    assert len(missed) <= 0.05 * len(DISGUISED), missed


def test_it_holds_signs_of_risk() -> None:
    missed = [words for words in RISKY if not why_hold(words)]
    assert not missed


def test_it_lets_ordinary_messages_go() -> None:
    held = [(words, why_hold(words)) for words in ORDINARY if why_hold(words)]
    assert len(ORDINARY) >= 100
    assert len(held) <= 0.05 * len(ORDINARY), held


def test_it_names_what_it_saw() -> None:
    assert why_hold("07700 900123") == ["a phone number"]
    assert "an e-mail address" in why_hold("amara@people.example.com")
    assert why_hold("Our meeting is at 6pm.") == []


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "\u200b\u200d\ufeff", "\u2800", "\u00ad \u2060"])
def test_it_sees_that_nothing_was_written(words: str) -> None:
    assert is_empty(words)


def test_it_sees_that_something_was_written() -> None:
    assert not is_empty("ok")
    assert not is_empty("👍")
