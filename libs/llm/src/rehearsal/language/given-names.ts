/** Given names whose bearer readers take for a woman; names of either kind are in neither list. */
export const FEMININE_NAMES: ReadonlySet<string> = new Set(
  `abigail ada adelaide adele adriana agatha agnes aida aiko aileen aisha alexandra alice alicia alison allison
  alma althea amal amanda amara amelia amina amira amy ana anais anastasia andrea angela angelica anita anna
  annabel annabelle anne annette annie antonia april arlene ashley astrid audrey aurora ava barbara beatrice becky
  bella bernadette bernice bertha bessie beth betsy betty beverly bianca blanche bonnie brenda brianna bridget
  britta brittany brooke camilla camille candice cara carla carly carmen carol carole caroline carolyn cassandra
  catalina catherine cathy cecilia cecily celeste celia chantal charlene charlotte chelsea cheryl chiara chloe
  christa christina christine cindy claire clara clarissa claudia clementine colette colleen connie constance cora
  cordelia cornelia courtney crystal cynthia danielle daphne darlene dawn debbie deborah deirdre delia delilah
  denise diana diane dinah dolores donna dora doreen doris dorothea dorothy edith edna eileen elaine eleanor
  eleanora elena elisa elise eliza elizabeth ella ellen ellie eloise elsa elsie elspeth emilia emily emma erica
  erika erin esme esmeralda estelle esther ethel eugenia eunice euphemia eva evangeline eve evelyn faith fanny
  farah fatima faye felicity fern fiona flora florence frances freja freya frieda gabriela gabrielle gail gemma
  genevieve georgia georgina geraldine gertrude gillian gina giselle gladys glenda gloria grace grainne greer
  greta guinevere gwen gwendolyn haley hanna hannah hanne harriet hazel heather hedda hedwig heidi helen helena
  helene helga henrietta hermione hester hilary hilda holly hope ida ilona ilse imogen ines inga ingrid irene iris
  irma isabel isabella isabelle isla isolde ivy jacqueline jade jamila jana jane janet janice janine jasmine jean
  jeanette jeanne jennifer jenny jess jessica jill joan joanna joanne jocelyn johanna jolene jordana josephine
  josie joy joyce juanita judith judy julia juliana julie juliet june justine kamala karen karin katarina kate
  katerina katharine katherine kathleen kathryn kathy katie katja katrina kaya keiko kelly kerry khadija kim
  kirsten kirsty kristen kristin kristina lara larissa latoya laura laurel lauren lavinia layla leah leila lena
  leona leonie leonora letitia lilian lillian lily linda liv liza lizzie lois lola lorelei lorna lorraine lottie
  louisa louise lucia lucille lucinda lucretia lucy luisa luna lydia lynn mabel mackenzie maddie madeleine
  madeline madge maeve mai maisie malala mandy manon mara marcella marcia margaret margarita margery margit margo
  margot marguerite mari maria mariam marian marianne marie marigold marilyn marina marisol marit marjorie marlene
  marta martha mary matilda maud maureen mavis maxine may maya meera meg megan mei melanie melinda melissa
  mercedes mercy meredith mia michelle mildred millicent millie mimi mina minnie miranda miriam misty moira molly
  mona monica morag morgana muriel myra myrtle nadia nancy naomi natalia natalie natasha nell nettie ngozi nicola
  nicole nina noelle noemi noor nora noreen norma octavia odette odile olga olive olivia opal ophelia orla paige
  pamela pandora parvati patience patricia paula paulette pauline pearl peggy penelope perpetua petra petunia
  philippa phoebe phyllis pippa polly portia priya prudence queenie rachael rachel ramona rania raquel rebecca
  rebekah regina renata renee rhiannon rhoda rita roberta robyn rosa rosalie rosalind rosalyn rosamund rosanna
  rose roseanne rosemary rosie rowena roxanne ruby ruth sabina sabine sabrina sadie sally salma samantha samira
  sandra saoirse sarah saskia savannah scarlett selma shannon sharon sheila shelley sheryl shirin shirley sibyl
  sidonie sigrid sigrun simone sinead siobhan sofia soledad solveig sonia sonja sophia sophie stacey stella
  stephanie sue sunniva susan susanna suzanne svetlana sybil sylvia tabitha tamara tammy tamsin tania tara tatiana
  teresa tess thea theodora theresa thora tilda tilly tina toni tracy trudy ulla una ursula valentina valerie
  vanessa vera verity verna veronica vicky victoria viola violet virginia vivian viviane wanda wendy wilhelmina
  wilma winifred winnie wren xenia yasmin yoko yolanda yuki yvette yvonne zadie zara zelda zena zenobia zoe zora
  zuleika`.split(/\s+/),
);

/** Given names whose bearer readers take for a man. */
export const MASCULINE_NAMES: ReadonlySet<string> = new Set(
  `aaron abdul abel abraham abram achilles adam ahmed aidan akira alain alan alastair albert alberto aldous alec
  alejandro alessandro alex alexander alexei alf alfie alfonso alfred alfredo algernon ali alistair allan allen
  alonso alvin amadeus amir amos anatole anders andre andreas andrei andres andrew andy angelo angus ansel anselm
  anthony antoine anton antonio archibald archie aristotle arjun arlo arne arnold art arthur arturo asa asher
  ashok atticus august augustine augustus aurelio austin axel bao baptiste barnaby barney barry bart bartholomew
  basil bastian beau ben benedict benjamin benny bernard bernardo bert bertie bertram bill billy bjorn blake bob
  bobby bogdan boris boyd brad bradley bram brandon brendan brent brett brian bruce bruno bryan bud burt byron
  caesar caius caleb callum calvin cameron carl carlo carlos carlton casper cassius cecil cedric chad chandra
  charles charlie chen chester chidi chris christian christoph christopher chuck clarence claude claudio clay
  clement clifford clint clive clyde cole colin colm connor conrad constantine cormac cornelius cosmo craig
  crispin curtis cyril dale damian damon dan daniel danny dante darcy darius darren daryl dave david dean declan
  denis dennis denny derek dermot desmond dexter dick diego dieter dietrich dirk dmitri dmitry domenico dominic
  donald donovan doug douglas dudley duke duncan dwight dylan eamon earl ebenezer ed eddie edgar edmond edmund
  eduardo edward edwardo edwin egon eli elias elijah elliot elliott ellis elmer elvis emanuel emeka emil emile
  emilio enrico enrique enzo ephraim erasmus eric erik ernest ernie ernst errol ethan eugene evan everett ewan
  ewen ezra fabian faisal farid felix ferdinand fergus fernando fidel filip finlay finn fletcher florian floyd
  ford francesco francis francisco francois frank frankie franklin frans franz fraser fred freddie frederic
  frederick fritz fyodor gabriel gareth garrett garth gary gavin gawain gene geoff geoffrey george geraint gerald
  gerard gerry gideon gilbert giles gino giovanni giuseppe glen glenn godfrey gordon gottfried graham grant greg
  gregor gregory griffin guido guillermo gunnar gunther gus gustav gustavo guy hal hamid hamish hamlet hank hannes
  hans harold harris harrison harry harvey hassan heath hector heinrich helmut henri henrik henry herbert herman
  hermann hiram hiro hiroshi holger homer horace horatio horst howard hubert hugh hugo humphrey hussein ian
  ibrahim ichabod ignatius igor ike ilya ilyas immanuel ira irving isaac isaiah isidore ismael ismail ivan ivo
  ivor jack jacob jacques jaime jake jamal james jamie jan janek jared jarvis jason jasper javier jay jean-luc
  jeff jefferson jeffrey jens jeremiah jeremy jerome jerry jesse jim jimmy joachim joakim joaquin jock joe joel
  joey johan johann johannes john johnny jon jonah jonas jonathan jonny jorge jose joseph joshua joss josua jozef
  juan judd jude jules julian julio julius jurgen justin kareem karim karl kaspar keir keith kelvin ken kenji
  kenneth kenny kermit kevin kieran kip kirk klaus knut kofi konrad kurt kwame kwesi kyle lachlan lamar lance
  larry lars laszlo laurence lawrence leander leif leland lennart lenny leo leon leonard leonardo leopold leroy
  lester lev levi lewis liam linus lionel lloyd logan lorenzo lothar lou louie louis luca lucas ludwig luigi luis
  luke luther lyle lysander mack maddox magnus malachi malcolm manfred manuel marcel marcelo marcin marco marcus
  mario marius mark marlon marshall martin marty marvin mateo matt matteo matthew matthias maurice maurizio max
  maximilian maxwell mehmet melvin merlin mervyn michael michel mick mickey miguel mike mikhail miles milo milos
  miloslav milton mischa mitch mitchell mohammad mohammed mordecai morris mort mortimer moses muhammad murray
  mustafa nat nate nathan nathaniel ned neil nelson nero nestor nicholas nick nicolas nigel nikolai nils noah nobu
  noel norbert norman norris octavius olaf oleg oliver olivier ollie omar orlando orson oscar osk osvaldo oswald
  otis otto owain owen pablo paolo pascal patrice patrick paul paulo pavel pavlo pedro percival percy peregrine
  pete peter petr phil philip philippe phineas pierre pieter piotr pip prakash preston prospero quentin quincy
  rafael raheem rainer raj ralf ralph ramesh ramon randall randolph randy raoul rashid raul ravi ray raymond
  reggie reginald reinhard remy rene reuben rex reynard rhys ricardo rich richard rick ricky roald rob robbie
  robert roberto roderick rodney rodrigo roger rohan roland rolf roman romeo ron ronald ronan ronnie rory ross roy
  ruben rudolf rudy rudyard rufus rupert russell rusty ryan salman salvador salvatore sam sami samir sampson
  samson samuel sandor sanjay santiago sasha saul scott sean sebastian sergei sergey sergio seth seymour shane
  shaun sherlock shinji sid sidney siegfried sigmund silas simon sinclair slava sol solomon spencer stan stanislav
  stanley stefan stephan stephen steve steven stewart stuart sven sylvester tad tadeusz takeshi taras tarek tariq
  ted teddy teo terence terry thaddeus theo theodore thomas thorsten tiberius tiernan tim timothy titus tobias
  tobin toby todd tom tomas tomasz tommaso tommy tony torsten travis trevor tristan troy truman tucker tunde tyler
  tyrone udo ulf ulric ulrich ulysses umberto uriah uwe valentin vasily vaughn vernon vicente victor vijay vikram
  vince vincent vincenzo virgil vito vivek vlad vladimir wade waldo wallace wally walter warren warwick wayne wei
  werner wesley wilbur wilfred wilhelm will willem william willie wilson winston wolfgang woodrow wyatt xavier
  yannick yosef yuri yusef yusuf zachary zack zane zbigniew zeke zoltan`.split(/\s+/),
);
