package bench

import (
	"regexp"
	"strings"
)

// The words that [Redact] and [Group] go by, in the languages that members read:
// English, German, Spanish, French and Portuguese. All are as [keyOf] makes them.

func keySet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// phraseList reads phrases that are separated by commas.
func phraseList(list string) [][]string {
	var all [][]string
	for phrase := range strings.SplitSeq(list, ",") {
		all = append(all, strings.Fields(phrase))
	}
	return all
}

// nameIntroductions are phrases behind which a name stands, or a place of living.
var nameIntroductions = phraseList(`name is, names is, my names, name was, named,
	im called, i am called, i was called, they call me, people call me, call me, calls me, called me, i go by, goes by, known as, aka, signed,
	username is, nickname is, nick is, handle is, insta is, instagram is, snap is, snapchat is, kik is, telegram is, discord is, tag is,
	surname is, address is, password is, i live in, i live at, im from, i am from,
	ich heisse, ich heiss, heisse ich, name ist, nachname ist, nennt mich, nenn mich, nennen mich, ich wohne in, ich komme aus, ich lebe in,
	me llamo, mellamo, nombre es, apellido es, llamame, llamenme, me llaman, me dicen, dime, soy de, vivo en,
	je mappelle, je m appelle, mappelle, nom est, prenom est, appellemoi, appelle moi, appelezmoi, appelez moi, mappellent, jhabite a, jhabite,
	nome e, nome eh, sobrenome e, me chamo, chamome, me chame de, me chamar de, me chamam de, me chamam, moro em, sou de,
	mi chiamo, ik heet, меня зовут, мое имя, моя фамилия, я живу в`)

// placeIntroductions are phrases behind which a capitalised name of a place, or of
// somebody, stands.
var placeIntroductions = phraseList(`live in, lives in, living in, lived in, based in, born in, grew up in, move to, moved to, moving to,
	hello from, hi from, hey from, greetings from, vive en, vivo a, habite a, mora em,
	its, it is, this is, thats, that is, here is, heres, hier ist, hier spricht, soy yo, cest, ici, aqui e, aqui es`)

// nameLabels are words that a colon and a name follow.
var nameLabels = keySet(`name username nickname nick handle insta instagram snap snapchat kik telegram discord tag surname firstname lastname
	address nachname vorname nombre apellido nom prenom nome sobrenome von from de`)

// nameTitles stand before a name, with a full stop or without.
var nameTitles = keySet(`mr mrs ms mx dr prof sr sra srta mme mlle herr frau senor senora monsieur madame senhor senhora seu dona`)

// nameNeighbours are words that a capitalised name often follows.
var nameNeighbours = keySet(`im iam am ichbin bin soy suis sou hier this
	boyfriend girlfriend husband wife partner fiance fiancee friend bf gf ex brother sister son daughter mom mum dad mother father uncle aunt
	cousin roommate boss doctor professor urologist nurse therapist buddy mate
	freund freundin mann bruder schwester mutter vater sohn tochter arzt doktor
	novio novia marido esposo esposa amigo amiga hermano hermana doctora madre padre hijo hija
	mari femme copain copine ami amie frere soeur docteur mere pere fils fille
	namorado namorada irmao irma medico doutor doutora mae pai filho filha`)

// digitWords are the numbers below ten.
var digitWords = keySet(`zero oh one two three four five six seven eight nine double triple
	null eins zwei drei vier funf sechs sieben acht neun
	cero uno dos tres cuatro cinco seis siete ocho nueve
	un deux trois quatre cinq sept huit neuf
	um dois quatro sete oito nove`)

// largeNumbers are words for numbers above ten.
//
//nolint:misspell // French is no misspelt English
var largeNumbers = keySet(`eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
	seventy eighty ninety hundred thousand million
	twentyone twentytwo twentythree twentyfour twentyfive twentysix twentyseven twentyeight twentynine
	thirtyone thirtytwo thirtythree thirtyfour thirtyfive thirtysix thirtyseven thirtyeight thirtynine
	fortyone fortytwo fortythree fortyfour fortyfive fortysix fortyseven fortyeight fortynine
	fiftyone fiftytwo fiftythree fiftyfour fiftyfive fiftysix fiftyseven fiftyeight fiftynine
	elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig
	hundert tausend
	once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco
	veintiseis veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil
	onze douze treize quatorze quinze seize dixsept dixhuit dixneuf vingt trente quarante cinquante soixante soixantedix quatrevingt
	quatrevingts quatrevingtdix cent cents mille
	doze treze quatorze catorze dezesseis dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta quarenta cinquenta sessenta
	oitenta noventa cem cento`)

// germanTens are German numbers as funfundzwanzig.
var germanTens = regexp.MustCompile(`^(?:ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(?:zwanzig|dreissig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig)(?:jahrige?r?)?$`)

// months are the names of months, and their short forms.
//
//nolint:misspell // French is no misspelt English
var months = keySet(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
	oct nov dec januar februar marz mai juni juli oktober dezember
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
	janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
	janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro`)

// joinsDate are words between the parts of a date.
var joinsDate = keySet(`of de den the am le el do`)

// relations are what somebody is to whoever says "my".
var relations = keySet(`boyfriend girlfriend husband wife partner fiance fiancee friend bf gf ex brother sister son daughter mom mum dad mother
	father uncle aunt cousin roommate boss nephew niece buddy mate`)

// turnsToMy are words before "my" behind which a verb or an adjective follows who is
// meant: "can my wife feel it", "make my husband happy".
var turnsToMy = keySet(`is are was were am do does did can could will would shall should may might must has have had let lets make makes made
	help helps helped see sees saw get gets got want wants keep keeps kept find finds found isnt cant doesnt didnt wont wouldnt shouldnt`)

// afterWhoItIs are words that follow who is meant and are no name. Other verbs are known
// by their endings.
var afterWhoItIs = keySet(`said told thought felt got went came kept made took bought gave found saw knew left put let hit cut wrote heard met
	sent spent slept woke began broke fell lost ran read set stopped always never often sometimes recently once maybe usually still only already
	even actually besides without during within inside behind until till while since who whose than too first again back here there home today
	yesterday tonight now okay ok sick ill pregnant happy sad safe mad angry upset alone asleep dead unwell near next also ago james charles
	whos gets group age years year old`)

// givenNames are common given names, for those who do not write them in capitals. Names
// that are words as well are left out.
var givenNames = keySet(`aaron adam adrian ahmed alan albert alejandro alex alexander alexandra alexis alice alicia alina amanda amelia ana andre
	andrea andreas andrew andy angela anita anna anne annie anthony antonio arthur ashley barbara beatriz ben benjamin beth bob bobby brandon
	brenda brian bruno camila camille carla carlos carmen carol carolina caroline catherine cecilia charles charlie charlotte chris christian
	christina christine christoph christopher clara claudia connor cristina cynthia daniel daniela danny dave david debbie deborah dennis diana
	diego dmitri donald donna doris dorothy douglas eduardo edward elena eli elias elizabeth ella emily emma eric erica erik ethan eva evelyn
	fabian felipe felix fernando florian francesca francisco franz fred gabriel gary george georgia gerald gonzalo greg gustavo hannah hans harry
	heather heidi heike helen helena henry hugo ian ines inge ingrid isaac isabel isabella ivan jacob jacques jake james jamie jan jana jane janet
	jason jean jeff jen jennifer jenny jeremy jerry jessica jessie jim jimmy joana joao joe joel johannes john johnny jonas jonathan jordi jorge
	jose josef joseph josh joshua juan juana judith julia julian julie jurgen justin karen karin karl kate katharina katie keith kelly ken kenneth
	kevin kim klaus kristina kyle larry laura lauren lea leon leonie linda lisa liz logan lucas lucia lucy luis luisa lukas luke manuel marc marcel
	marcela marco marcos marcus margaret maria marie marina mario markus marta martha martin mary mateo matt matteo matthew matthias mauricio
	megan melanie melissa mia michael michel michelle miguel mike mohamed mohammed monica monika moritz nancy natalia natalie natasha nathan
	nicholas nick nicolas nicole nina noah nora olga oliver olivia oscar pablo pamela patricia patrick paul paula paulo pedro peter petra philip
	pierre priya rachel rafael ralf ramon raul rebecca ricardo richard robert roberto rodrigo roger ronald rosa ruben russell ryan sabine samantha
	samuel sandra santiago sara sarah sebastian sergio sharon silvia simon sofia sonia sophie stefan stefanie stephanie stephen steve steven
	stuart susan susanne svetlana sven sylvia tamara tanya teresa theo theresa thiago thomas tim timothy tina tobias tom tomas tony tyler uwe
	valentina valerie vanessa veronica victor victoria vincent vladimir walter wendy werner william wolfgang xavier yasmin yvonne zoe`)

// functionWords carry a sentence and say little about what is asked.
//
//nolint:misspell // Portuguese is no misspelt English
var functionWords = keySet(`a an the and or but if then than so because as of at by for with about against between into through to from in on off
	out up down over under again i me my mine myself we our ours us you your yours u ur he him his she her hers it its they them their theirs
	this that these those who whom whose which what when where why how is am are was were be been being do does did doing done have has had
	having can could should would will shall may might must not no nor yes please pls thanks thank hi hey hello im ive id ill isnt arent dont
	doesnt didnt cant wont whats wheres hows there here any some just also too very really get got want wanna need like know tell
	ever still now one ones thing things someone anyone something anything
	der die das den dem des ein eine einen einem einer und oder aber wenn weil als von zu zum zur bei mit im an auf aus fur uber nach vor ich mich
	mir mein meine meinen meinem wir uns du dich dir dein er sie es ihr ist sind war bin bist sein hat habe haben kann konnen soll sollte darf muss
	nicht kein keine ja nein bitte danke hallo wie was wer wo wann warum welche welcher welches man auch noch nur schon denn
	el la los las un una unos unas y o u pero si porque de del al por para con sin sobre en yo mi mis tu tus su sus nos ella ellos lo le les se
	es son era ser estar esta estan hay puede puedo puedes debo debe hacer tiene tengo que quien cual cuales cuando donde como cuanto muy mas ya
	hola gracias favor
	le les une des du et ou mais si parce que de pour avec sans sur dans en je moi mon ma mes tu ton ta tes il elle on nous vous ils elles se ce cet
	cette ces est sont etait etre ai as avez avoir peut peux puis dois doit faire fait quoi qui quel quelle quand comment pourquoi combien ne
	pas plus tres bonjour merci estce cest jai
	o os uma e ou mas se porque do da dos das no na nos nas em com sem sobre eu meu minha meus minhas voce ele ela eles nao sim ser estar esta sao
	pode posso devo deve fazer tem tenho qual quais quando onde quanto muito mais ja ola obrigado obrigada
	и а но я мы у в на с не это что как меня мне мой моя мое мои есть ли`)
